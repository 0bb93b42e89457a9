//! The layout of generated text: as rustfmt would lay it out by default.

/// Signatures that are longer are broken.
const WIDTH: usize = 100;

/// A function's head.
pub(super) struct Signature<'a> {
    pub(super) indent: usize,
    pub(super) name: &'a str,
    /// Type parameters with their bounds.
    pub(super) generics: Vec<String>,
    pub(super) parameters: Vec<String>,
    pub(super) result: &'a str,
}

impl Signature<'_> {
    /// Writes the head, up to the opening brace.
    pub(super) fn write(&self, out: &mut String) {
        let Signature { indent, name, generics, parameters, result } = self;
        let one_line = |items: &[String]| items.join(", ");
        let many_lines = |items: &[String]| {
            let lines: Vec<String> = items.iter().map(|item| format!("{:indent$}    {item},\n", "")).collect();
            format!("\n{}{:indent$}", lines.concat(), "")
        };
        let in_angles = |text: String| if generics.is_empty() { String::new() } else { format!("<{text}>") };
        let tail = format!(" -> {result} {{");
        let whole = format!("{:indent$}pub fn {name}{}({}){tail}", "", in_angles(one_line(generics)), one_line(parameters));
        if whole.chars().count() <= WIDTH {
            out.push_str(&whole);
        } else {
            let head = format!("{:indent$}pub fn {name}{}(", "", in_angles(one_line(generics)));
            // rustfmt breaks type parameters only where they do not fit by themselves.
            let generics = if head.chars().count() <= WIDTH { one_line(generics) } else { many_lines(generics) };
            out.push_str(&format!("{:indent$}pub fn {name}{}({}){tail}", "", in_angles(generics), many_lines(parameters)));
        }
        out.push('\n');
    }
}

/// Writes a struct's head with its type parameters, up to the opening brace.
pub(super) fn open_struct(name: &str, parameters: &[&str], out: &mut String) {
    let whole = format!("pub struct {name}<{}> {{", parameters.join(", "));
    if whole.chars().count() <= WIDTH {
        out.push_str(&whole);
    } else {
        let lines: Vec<String> = parameters.iter().map(|parameter| format!("    {parameter},\n")).collect();
        out.push_str(&format!("pub struct {name}<\n{}> {{", lines.concat()));
    }
    out.push('\n');
}
