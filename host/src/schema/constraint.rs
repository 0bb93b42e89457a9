//! The types that variables say they have: `list(object({ a = string, b = optional(number, 3) }))`.

use super::types::{Field, Type};

/// Deeper ones are taken as any type: what reads them recurses.
const DEEPEST: usize = 60;

/// Reads a constraint; what cannot be read is any type, and whether it can be one Terraform says.
pub(super) fn read(text: &str) -> Type {
    let mut reader = Reader { rest: text, depth: 0 };
    let of = reader.of();
    if reader.skip().is_empty() { of.unwrap_or(Type::Dynamic) } else { Type::Dynamic }
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn skip(&mut self) -> &'a str {
        self.rest = self.rest.trim_start();
        self.rest
    }

    fn take(&mut self, wanted: char) -> Option<()> {
        self.rest = self.skip().strip_prefix(wanted)?;
        Some(())
    }

    fn word(&mut self) -> Option<&'a str> {
        let text = self.skip();
        let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(text.len());
        self.rest = &text[end..];
        (end > 0).then(|| &text[..end])
    }

    fn of(&mut self) -> Option<Type> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let of = match self.word()? {
            "string" => Type::String,
            "number" => Type::Number,
            "bool" => Type::Bool,
            "any" => Type::Dynamic,
            "list" => Type::List(self.inner()?),
            "set" => Type::Set(self.inner()?),
            "map" => Type::Map(self.inner()?),
            "tuple" => {
                self.take('(')?;
                self.take('[')?;
                let mut items = Vec::new();
                while self.take(']').is_none() {
                    items.push(self.of()?);
                    let _ = self.take(',');
                }
                self.take(')')?;
                Type::Tuple(items)
            }
            "object" => {
                self.take('(')?;
                let fields = self.fields()?;
                self.take(')')?;
                Type::Object(fields)
            }
            _ => return None,
        };
        self.depth -= 1;
        Some(of)
    }

    /// An old constraint says `list` alone.
    fn inner(&mut self) -> Option<Box<Type>> {
        if self.take('(').is_none() {
            return Some(Box::new(Type::Dynamic));
        }
        let of = self.of()?;
        self.take(')')?;
        Some(Box::new(of))
    }

    fn fields(&mut self) -> Option<Vec<Field>> {
        self.take('{')?;
        let mut fields = Vec::new();
        while self.take('}').is_none() {
            let name = self.word()?;
            self.take('=')?;
            let is_optional = self.skip().starts_with("optional(");
            let of = if is_optional {
                self.word()?;
                self.take('(')?;
                let of = self.of()?;
                self.default()?;
                of
            } else {
                self.of()?
            };
            fields.push(Field { name: name.into(), of, is_optional });
            let _ = self.take(',');
        }
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        Some(fields)
    }

    /// Leaves out what stands behind the type in `optional(…)`; text in it may hold brackets, then the whole is given up.
    fn default(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        for (position, c) in self.rest.char_indices() {
            match c {
                '"' => return None,
                '(' | '[' | '{' => depth += 1,
                ')' if depth == 0 => {
                    self.rest = &self.rest[position + 1..];
                    return Some(());
                }
                ')' | ']' | '}' => depth = depth.checked_sub(1)?,
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn constraints_are_read_as_types() {
        for (constraint, of) in [
            ("string", "s"),
            ("list", "[*]"),
            ("map( list(number) )", "{[n]}"),
            ("object({ b = optional(number, 3), a = set(any) })", "(a:<*>,b?:n)"),
            ("object({\n  a = string\n  b = tuple([string, bool])\n})", "(a:s,b:|s,b|)"),
            ("object({ a = optional(list(string), []) })", "(a?:[s])"),
            ("object({ a = optional(string, \")\") })", "*"),
            ("bag(string)", "*"),
            ("string string", "*"),
        ] {
            assert_eq!(read(constraint).to_string(), of, "{constraint}");
        }
        assert_eq!(read(&"list(".repeat(100_000)).to_string(), "*");
    }
}
