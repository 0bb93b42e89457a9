//! Constraints of versions, as far as it matters which versions they let in.

/// Major, minor, patch.
type Version = (u64, u64, u64);

/// The bounds of the versions that a constraint lets in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    /// No version below it is let in.
    pub(super) lowest: Option<Version>,
    /// No version above it is let in; whether it is let in itself.
    highest: Option<(Version, bool)>,
}

impl Bounds {
    /// Reads a constraint: `>= 1.5, < 2.0`. Nothing where it cannot be read.
    pub(super) fn parse(text: &str) -> Option<Bounds> {
        let mut bounds = Bounds::default();
        for part in text.split(',') {
            let part = part.trim();
            let version_at = part.find(|first: char| first.is_ascii_digit() || first == 'v')?;
            let (operator, text) = part.split_at(version_at);
            let version = version(text)?;
            match operator.trim() {
                "" | "=" => {
                    bounds.raise(version);
                    bounds.lower(version, true);
                }
                ">=" | ">" | "~>" => bounds.raise(version),
                "<" => bounds.lower(version, false),
                "<=" => bounds.lower(version, true),
                "!=" => {}
                _ => return None,
            }
        }
        Some(bounds)
    }

    /// Tells whether the constraint lets versions in that are older than 1.`minor`, by its own lower bound, or none that are not older.
    pub(super) fn exclude(&self, minor: u64) -> bool {
        let needed = (1, minor, 0);
        self.lowest.is_some_and(|lowest| lowest < needed)
            || self.highest.is_some_and(|(highest, is_in)| highest < needed || highest == needed && !is_in)
    }

    fn raise(&mut self, version: Version) {
        self.lowest = self.lowest.max(Some(version));
    }

    fn lower(&mut self, version: Version, is_in: bool) {
        let new = (version, is_in);
        self.highest = Some(self.highest.map_or(new, |known| known.min(new)));
    }
}

/// Reads `1.5`, `v1.5.0-rc1`; what stands behind the numbers does not count.
fn version(text: &str) -> Option<Version> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let text = text.split(['-', '+']).next()?.trim();
    let mut numbers = [0; 3];
    for (position, number) in text.split('.').enumerate() {
        let number = number.parse().ok()?;
        if let Some(place) = numbers.get_mut(position) {
            *place = number;
        }
    }
    Some((numbers[0], numbers[1], numbers[2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lets_older_versions_in_is_too_low() {
        for constraint in [">= 1.4", "1.4.9", "= 1.4", "~> 1.4", "> 1.4.0", "~> 1.4.2, != 1.4.3", "< 1.5", "<= 1.4.9", ">=0.15"] {
            assert!(Bounds::parse(constraint).unwrap().exclude(5), "{constraint}");
        }
        for constraint in
            [">= 1.5", "1.5.0", "= v1.6", "~> 1.5", ">1.5.2", ">= 1.2, >= 1.9", "< 2.0", "!= 1.2.3", "<= 1.5.0", "~> 2"]
        {
            assert!(!Bounds::parse(constraint).unwrap().exclude(5), "{constraint}");
        }
    }

    #[test]
    fn what_is_no_constraint_is_not_read() {
        for text in ["", "x", ">= x", "=> 1.5", ">= 1.x", "1.5,"] {
            assert_eq!(Bounds::parse(text), None, "{text}");
        }
    }
}
