//! What a number counts: told by an argument's name or by the provider's description, in a few fixed words.

/// Every unit that is told, and the words for it in descriptions, in lower case.
const UNITS: [(&str, &[&str]); 13] = [
    ("milliseconds", &["milliseconds", "millis"]),
    ("seconds", &["seconds"]),
    ("minutes", &["minutes"]),
    ("hours", &["hours"]),
    ("days", &["days"]),
    ("bytes", &["bytes"]),
    ("KiB", &["kib", "kibibytes"]),
    ("MB", &["mb", "megabytes"]),
    ("MiB", &["mib", "mebibytes"]),
    ("GB", &["gb", "gigabytes"]),
    ("GiB", &["gib", "gibibytes"]),
    ("TiB", &["tib", "tebibytes"]),
    ("percent", &["percent", "percentage"]),
];

/// Returns the unit by its own name.
pub(super) fn named(name: &str) -> Option<&'static str> {
    UNITS.iter().find(|(unit, _)| *unit == name).map(|(unit, _)| *unit)
}

/// Returns the unit of a number: by the last word of its name, else by the first `in <unit>` or `number of <unit>` of its description.
pub(super) fn of(name: &str, description: Option<&str>) -> Option<&'static str> {
    let last = name.rsplit('_').next().filter(|last| *last != name);
    let by_name = last.and_then(|last| by_word(if last == "ms" { "milliseconds" } else { last }));
    by_name.or_else(|| {
        let text = description?.to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let told = words.windows(3).filter(|three| three[1] == "in" || three[..2] == ["number", "of"]);
        told.filter_map(|three| by_word(three[2])).next()
    })
}

fn by_word(word: &str) -> Option<&'static str> {
    UNITS.iter().find(|(_, words)| words.contains(&word)).map(|(unit, _)| *unit)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_name_or_a_description_tells_the_unit() {
        assert_eq!(of("retention_in_days", None), Some("days"));
        assert_eq!(of("idle_ms", None), Some("milliseconds"));
        assert_eq!(of("days", None), None);
        assert_eq!(of("timeout", Some("Amount of time, in seconds, to wait")), Some("seconds"));
        assert_eq!(of("size", Some("The size. Number of GiB to take.")), Some("GiB"));
        assert_eq!(of("size", Some("How many days it has")), None);
    }
}
