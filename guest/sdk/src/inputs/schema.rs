//! The schema of inputs as constant text: pieces that the derive writes, joined while the guest is compiled, so that the text can stand in a
//! custom section and nothing of this is left in the guest.

/// The schema of one type. `#[derive(Inputs)]` makes it; authors need not.
#[derive(Clone, Copy)]
pub struct Schema {
    /// The JSON type.
    pub kind: &'static str,
    /// The description of the type, as a keyword; a field's own replaces it.
    pub description: &'static str,
    /// Whether `null` will do.
    pub nullable: bool,
    /// Whether it must be given where no default is.
    pub required: bool,
    /// The values of `enum`, with commas between them; empty if any value of the type will do.
    pub values: &'static str,
    /// The keyword `minimum` that the type has by itself; a field's own replaces it.
    pub minimum: &'static str,
    /// The keyword `maximum`, likewise.
    pub maximum: &'static str,
    /// Any other keywords, each with a comma before it.
    pub keywords: Keywords,
    /// The keyword under which the schema of the items stands, and that schema.
    pub item: Option<(&'static str, &'static Schema)>,
    /// Whether the type is a secret, or holds one.
    pub secrets: Secrets,
}

/// Where a type has secrets. The host takes them out of the top of the inputs, so that they can stand nowhere else.
#[derive(Clone, Copy)]
pub enum Secrets {
    /// Nowhere.
    None,
    /// It is one.
    Itself,
    /// Among its fields.
    Fields,
    /// In an `Option`.
    Optional,
    /// In a list or a map.
    Items,
}

impl Secrets {
    /// Returns where they are in a container of the type.
    pub(super) const fn within(self, container: Secrets) -> Secrets {
        match self {
            Secrets::Itself => container,
            other => other,
        }
    }
}

/// Stops the compiler at a field whose secrets would reach neither the program nor Terraform.
pub const fn check_secrets(field: &Schema, has_default: bool) {
    match field.secrets {
        Secrets::None => {}
        Secrets::Itself => {
            assert!(!has_default, "a secret has no default: its value is given when Terraform applies, never written down")
        }
        Secrets::Fields => {
            panic!("a secret stands at the top of the inputs, not in a struct inside: its name is that of a variable")
        }
        Secrets::Optional => panic!("a secret is no `Option`: the program never sees whether it is given. Write `Secret`"),
        Secrets::Items => {
            panic!("a secret stands at the top of the inputs, not in a list or a map: its name is that of a variable")
        }
    }
}

/// Text of JSON in pieces.
#[derive(Clone, Copy)]
pub enum Keywords {
    /// A piece.
    Text(&'static str),
    /// Pieces, one after the other.
    All(&'static [Keywords]),
    /// Pieces with commas between those that are not empty.
    Separated(&'static [Keywords]),
    /// The schema of a type, with what a field adds to it.
    Field(&'static Schema, &'static Field),
    /// Text if a field of this schema must be given.
    IfRequired(&'static Schema, &'static str),
}

/// What `#[input(…)]` and the doc comment add to a field's schema.
#[derive(Clone, Copy)]
pub struct Field {
    /// The description, as JSON text with a comma before it; may be empty.
    pub description: &'static str,
    /// Keywords, each with a comma before it.
    pub keywords: &'static str,
    /// Whether `minimum` is among them.
    pub has_minimum: bool,
    /// Whether `maximum` is among them.
    pub has_maximum: bool,
    /// The values of `enum`, instead of the type's own; may be empty.
    pub values: &'static str,
    /// What is added to the items.
    pub items: Option<&'static Field>,
}

impl Keywords {
    /// No keywords.
    pub const NONE: Keywords = Keywords::Text("");
}

impl Field {
    /// Adds nothing.
    pub const NONE: Field =
        Field { description: "", keywords: "", has_minimum: false, has_maximum: false, values: "", items: None };
}

impl Schema {
    /// Makes the schema of a JSON type.
    pub const fn of(kind: &'static str, keywords: Keywords) -> Schema {
        Schema {
            kind,
            description: "",
            nullable: false,
            required: true,
            values: "",
            minimum: "",
            maximum: "",
            keywords,
            item: None,
            secrets: Secrets::None,
        }
    }

    /// Adds the description of the type.
    pub const fn described(self, description: &'static str) -> Schema {
        Schema { description, ..self }
    }

    /// Says that a secret stands among the fields if one of these is, or holds, one.
    pub const fn holding(self, fields: &[&Schema]) -> Schema {
        let mut position = 0;
        while position < fields.len() {
            if !matches!(fields[position].secrets, Secrets::None) {
                return Schema { secrets: Secrets::Fields, ..self };
            }
            position += 1;
        }
        self
    }

    /// Returns the length of the schema's text.
    pub const fn length(&self) -> usize {
        let mut counter = Writer::<0>::new();
        counter.schema(self, &Field::NONE);
        counter.length
    }

    /// Returns the schema's text; `N` is its [`length`](Schema::length).
    pub const fn text<const N: usize>(&self) -> [u8; N] {
        let mut writer = Writer::<N>::new();
        writer.schema(self, &Field::NONE);
        writer.bytes
    }
}

/// Writes pieces into an array, or only counts if the array is empty.
struct Writer<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Writer<N> {
    const fn new() -> Writer<N> {
        Writer { bytes: [0; N], length: 0 }
    }

    const fn text(&mut self, text: &str) {
        let text = text.as_bytes();
        let mut position = 0;
        while position < text.len() {
            if N > 0 {
                self.bytes[self.length] = text[position];
            }
            self.length += 1;
            position += 1;
        }
    }

    const fn schema(&mut self, schema: &Schema, field: &Field) {
        self.text(if schema.nullable { "{\"type\":[\"" } else { "{\"type\":\"" });
        self.text(schema.kind);
        self.text(if schema.nullable { "\",\"null\"]" } else { "\"" });
        self.text(if field.description.is_empty() { schema.description } else { field.description });
        let values = if field.values.is_empty() { schema.values } else { field.values };
        if !values.is_empty() {
            self.text(",\"enum\":[");
            self.text(values);
            self.text(if schema.nullable { ",null]" } else { "]" });
        }
        // Values that are listed need no bounds.
        if values.is_empty() && !field.has_minimum {
            self.text(schema.minimum);
        }
        if values.is_empty() && !field.has_maximum {
            self.text(schema.maximum);
        }
        self.pieces(schema.keywords);
        self.text(field.keywords);
        if let Some((keyword, item)) = schema.item {
            self.text(",\"");
            self.text(keyword);
            self.text("\":");
            self.schema(
                item,
                match field.items {
                    Some(field) => field,
                    None => &Field::NONE,
                },
            );
        }
        self.text("}");
    }

    const fn pieces(&mut self, pieces: Keywords) {
        match pieces {
            Keywords::Text(text) => self.text(text),
            Keywords::All(pieces) => self.each(pieces, ""),
            Keywords::Separated(pieces) => self.each(pieces, ","),
            Keywords::Field(schema, field) => self.schema(schema, field),
            Keywords::IfRequired(schema, text) => self.text(if schema.required { text } else { "" }),
        }
    }

    const fn each(&mut self, pieces: &[Keywords], separator: &str) {
        let start = self.length;
        let mut position = 0;
        while position < pieces.len() {
            if self.length > start && !pieces[position].is_empty() {
                self.text(separator);
            }
            self.pieces(pieces[position]);
            position += 1;
        }
    }
}

impl Keywords {
    const fn is_empty(self) -> bool {
        match self {
            Keywords::Text(text) => text.is_empty(),
            Keywords::IfRequired(schema, _) => !schema.required,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Input, Inputs, Secret};
    use std::collections::BTreeMap;

    /// Everything.
    #[derive(Inputs)]
    #[allow(dead_code, reason = "only its schema counts")]
    struct Everything {
        /// A "name".
        ///
        /// Of two
        /// paragraphs.
        #[input(pattern = r"^\d$", default = "1")]
        name: String,
        days: u16,
        #[input(min = 0.5)]
        ratio: Option<f64>,
        #[input(min = 1)]
        zones: i8,
        #[input(one_of = ["a", "b"])]
        letter: Option<String>,
        size: Option<Size>,
        #[input(items(pattern = "x"), min_items = 1)]
        list: Vec<String>,
        #[input(default = { "a": -1 })]
        map: BTreeMap<String, i64>,
        nested: Nested,
        password: Secret,
    }

    #[derive(Inputs)]
    #[allow(dead_code, reason = "only its schema counts")]
    enum Size {
        Small,
        VeryLarge,
        #[input(rename = "XXL")]
        Huge,
    }

    /// Inside.
    #[derive(Inputs)]
    #[allow(dead_code, reason = "only its schema counts")]
    struct Nested {
        #[input(rename = "type")]
        kind: bool,
    }

    #[test]
    fn the_schema_is_constant_text() {
        const LENGTH: usize = Everything::SCHEMA.length();
        const TEXT: [u8; LENGTH] = Everything::SCHEMA.text();
        let expected = [
            r#"{"type":"object","description":"Everything.","properties":{"#,
            r#""name":{"type":"string","description":"A \"name\".\u000a\u000aOf two paragraphs.","pattern":"^\\d$","default":"1"},"#,
            r#""days":{"type":"integer","minimum":0,"maximum":65535},"#,
            r#""ratio":{"type":["number","null"],"minimum":0.5},"#,
            r#""zones":{"type":"integer","maximum":127,"minimum":1},"#,
            r#""letter":{"type":["string","null"],"enum":["a","b",null]},"#,
            r#""size":{"type":["string","null"],"enum":["small","very-large","XXL",null]},"#,
            r#""list":{"type":"array","minItems":1,"items":{"type":"string","pattern":"x"}},"#,
            r#""map":{"type":"object","default":{"a":-1},"additionalProperties":{"type":"integer"}},"#,
            r#""nested":{"type":"object","description":"Inside.","properties":{"type":{"type":"boolean"}},"#,
            r#""required":["type"],"additionalProperties":false},"#,
            r#""password":{"type":"string","writeOnly":true}},"#,
            r#""required":["days","zones","list","nested"],"additionalProperties":false}"#,
        ];
        assert_eq!(String::from_utf8_lossy(&TEXT), expected.concat());
    }

    #[test]
    fn reading_names_what_is_wrong() {
        let error = |text: &str| Everything::from_json(text).err().map(|error| error.to_string());
        assert_eq!(error("{}").as_deref(), Some("input `days`: is missing and has no default"));
        assert_eq!(error(r#"{"days": 70000}"#).as_deref(), Some("input `days`: must be a whole number that fits `u16`"));
        let rest = |nested| format!(r#"{{"days":1,"zones":1,"list":["x"],"nested":{nested}}}"#);
        assert_eq!(error(&rest(r#"{"kind":true}"#)).as_deref(), Some("input `nested`: there is no `kind`; there is type"));
        assert_eq!(error(&rest(r#"{"type":1}"#)).as_deref(), Some("input `nested.type`: must be true or false"));
        assert_eq!(error(&rest(r#"{"type":true}"#)), None);
    }
}
