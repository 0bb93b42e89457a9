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
        }
    }

    /// Adds the description of the type.
    pub const fn described(self, description: &'static str) -> Schema {
        Schema { description, ..self }
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
        if !field.has_minimum {
            self.text(schema.minimum);
        }
        if !field.has_maximum {
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
