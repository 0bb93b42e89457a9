//! The compact form: a provider's facts as lines of text (names, types, flags, nesting, counts), a twentieth of a dump. `tapwasm bindgen`
//! writes it beside bindings, which embed it in a guest. docs/schema-checks.md describes it.
//!
//! What is embedded comes from an untrusted guest: reading is bounded in depth and takes time in proportion to the text.

use super::index::{Form, ProviderIndex, SchemaError, Section};
use super::provider::{Attribute, Block, Function, Key, NestedBlock, Nesting, Parameter, Shape};
use super::types::{Notation, Type, WrittenName};
use super::unit;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

/// What begins a text in this form; the version of the form follows.
pub(super) const HEADER: &str = "tapwasm-schema ";
const VERSION: &str = "1";

/// Blocks that are nested deeper are refused: what reads them recurses.
const DEEPEST: usize = 60;

const SECTIONS: [(Section, &str); 5] = [
    (Section::Config, "config"),
    (Section::Resource, "resource"),
    (Section::Data, "data"),
    (Section::Ephemeral, "ephemeral"),
    (Section::Function, "function"),
];

/// Looks through a text for where each type stands. Texts that were put together are one: each begins with the header.
pub(super) fn index(text: &Arc<str>) -> Result<Vec<ProviderIndex>, SchemaError> {
    let mut providers: Vec<ProviderIndex> = Vec::new();
    let mut open: Option<(Section, Key, Range<usize>)> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start..start + line.len();
        start = at.end;
        if line.starts_with(' ') || line.trim().is_empty() {
            if let Some((_, _, range)) = &mut open {
                range.end = at.end;
            }
            continue;
        }
        close(&mut providers, open.take());
        if !line.ends_with('\n') {
            return Err(SchemaError::CutShort(format!("its last line is `{line}`")));
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["tapwasm-schema", VERSION] => {}
            ["tapwasm-schema", found] => {
                let found = found.to_owned();
                return Err(SchemaError::Version { found, known: "1 of the compact form" });
            }
            ["provider", source, version, extent @ ("complete" | "partial")] => providers.push(ProviderIndex {
                source: source.to_owned(),
                version: (version != "-").then(|| version.to_owned()),
                is_complete: extent == "complete",
                form: Form::Compact,
                text: Arc::clone(text),
                entries: BTreeMap::new(),
            }),
            [word, ref rest @ ..] => {
                let section = SECTIONS.iter().find(|(_, known)| *known == word).map(|(section, _)| *section);
                let section = section.filter(|_| !providers.is_empty());
                let section = section.ok_or_else(|| SchemaError::Damaged(format!("`{}` is unknown", line.trim_end())))?;
                let name = if section == Section::Config { "" } else { rest.first().copied().unwrap_or_default() };
                open = Some((section, name.into(), at));
            }
            [] => {}
        }
    }
    close(&mut providers, open);
    Ok(providers)
}

fn close(providers: &mut [ProviderIndex], open: Option<(Section, Key, Range<usize>)>) {
    if let (Some(provider), Some((section, name, range))) = (providers.last_mut(), open) {
        provider.entries.insert((section, name), range);
    }
}

/// Reads a type out of its lines.
pub(super) fn block(text: &str) -> Result<Block, String> {
    if !text.ends_with('\n') {
        return Err(format!("its last line is cut short: `{}`", text.lines().last().unwrap_or_default().trim()));
    }
    let mut lines = Lines { lines: text.lines().peekable() };
    let first = lines.lines.next().unwrap_or_default();
    let mut block = lines.block(1)?;
    block.is_deprecated = first.ends_with(" D");
    match lines.lines.next() {
        None => Ok(block),
        Some(line) => Err(format!("`{line}` is indented too far")),
    }
}

struct Lines<'a> {
    lines: std::iter::Peekable<std::str::Lines<'a>>,
}

impl<'a> Lines<'a> {
    /// Takes the next line, without its indentation, if it is exactly so deep.
    fn at(&mut self, depth: usize) -> Option<&'a str> {
        let line = self.lines.peek()?;
        let rest = line.trim_start_matches(' ');
        (line.len() - rest.len() == depth).then(|| {
            self.lines.next();
            rest
        })
    }

    fn block(&mut self, depth: usize) -> Result<Block, String> {
        if depth > DEEPEST {
            return Err(format!("its blocks are nested more than {DEEPEST} deep"));
        }
        let mut block = Block::default();
        while let Some(line) = self.at(depth) {
            let wrong = |why: String| format!("`{line}`: {why}");
            let (name, rest) = named(line).map_err(wrong)?;
            match rest.strip_prefix('#') {
                None => drop(block.attributes.insert(name, self.attribute(rest, depth).map_err(wrong)?)),
                Some(rest) => {
                    let words: Vec<&str> = rest.split(' ').collect();
                    let (nesting, min, max, flags) = match words[..] {
                        [nesting, min, max] => (nesting, min, max, ""),
                        [nesting, min, max, flags] => (nesting, min, max, flags),
                        _ => return Err(wrong("a block has a nesting, a least and a greatest number".into())),
                    };
                    let count = |text: &str| text.parse::<u64>().map_err(|_| wrong(format!("`{text}` is no number")));
                    let (min, max) = (count(min)?, count(max)?);
                    let nesting = Nesting::named(nesting).ok_or_else(|| wrong(format!("there is no nesting `{nesting}`")))?;
                    let mut nested = self.block(depth + 1)?;
                    nested.is_deprecated = flags.contains('D');
                    block.blocks.insert(name, NestedBlock { nesting, min, max, block: nested });
                }
            }
        }
        Ok(block)
    }

    fn attribute(&mut self, rest: &str, depth: usize) -> Result<Attribute, String> {
        let mut words = rest.split(' ');
        let (shape, flags) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let unit = words.next().and_then(|word| unit::named(word.strip_prefix("unit=")?));
        let shape = match shape.strip_prefix('@') {
            None => Shape::Plain(Type::parse(shape)?),
            Some(nesting) => {
                let nesting = Nesting::named(nesting).ok_or_else(|| format!("there is no nesting `{nesting}`"))?;
                Shape::Nested(nesting, self.block(depth + 1)?.attributes)
            }
        };
        let has = |flag: char| flags.contains(flag);
        Ok(Attribute {
            shape,
            is_required: has('r'),
            is_optional: has('o'),
            is_computed: has('c'),
            is_sensitive: has('S'),
            is_write_only: has('W'),
            is_deprecated: has('D'),
            unit,
            description: None,
        })
    }
}

fn named(line: &str) -> Result<(Key, &str), String> {
    let mut notation = Notation::new(line);
    let name = notation.name()?;
    notation.expect(" ")?;
    Ok((name, notation.rest))
}

/// Reads a function out of its line.
pub(super) fn function(line: &str) -> Result<Function, String> {
    let signature = line.trim_end().splitn(3, ' ').nth(2).unwrap_or_default();
    let mut notation = Notation::new(signature);
    let mut function = Function { parameters: Vec::new(), variadic: None, result: Type::Dynamic, description: None };
    notation.expect("(")?;
    let mut is_first = true;
    while !notation.take(")") {
        if !std::mem::take(&mut is_first) {
            notation.expect(",")?;
        }
        let is_variadic = notation.take("...");
        let name = notation.name()?;
        let is_nullable = notation.take("?");
        notation.expect(":")?;
        let parameter = Parameter { name, of: notation.of()?, is_nullable };
        if is_variadic {
            function.variadic = Some(parameter);
        } else {
            function.parameters.push(parameter);
        }
    }
    notation.expect("->")?;
    function.result = notation.of()?;
    Ok(function)
}

/// Writes what begins a provider.
pub fn write_provider(source: &str, version: Option<&str>, is_complete: bool, out: &mut String) {
    let extent = if is_complete { "complete" } else { "partial" };
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, "{HEADER}{VERSION}\nprovider {source} {} {extent}", version.unwrap_or("-"));
}

/// Writes a type, or the configuration.
pub fn write_block(section: Section, name: &str, block: &Block, out: &mut String) {
    let word = SECTIONS.iter().find(|(known, _)| *known == section).map_or("", |(_, word)| word);
    out.push_str(word);
    if section != Section::Config {
        let _ = write!(out, " {name}");
    }
    out.push_str(if block.is_deprecated { " D\n" } else { "\n" });
    write_body(block, 1, out);
}

fn write_body(block: &Block, depth: usize, out: &mut String) {
    write_attributes(&block.attributes, depth, out);
    for (name, NestedBlock { nesting, min, max, block }) in &block.blocks {
        let deprecated = if block.is_deprecated { " D" } else { "" };
        let _ = writeln!(out, "{:depth$}{} #{} {min} {max}{deprecated}", "", WrittenName(name), nesting.name());
        write_body(block, depth + 1, out);
    }
}

fn write_attributes(attributes: &BTreeMap<Key, Attribute>, depth: usize, out: &mut String) {
    for (name, attribute) in attributes {
        let flags = [
            ('r', attribute.is_required),
            ('o', attribute.is_optional),
            ('c', attribute.is_computed),
            ('S', attribute.is_sensitive),
            ('W', attribute.is_write_only),
            ('D', attribute.is_deprecated),
        ];
        let flags: String = flags.iter().filter(|(_, is_set)| *is_set).map(|(flag, _)| flag).collect();
        let shape = match &attribute.shape {
            Shape::Plain(of) => of.to_string(),
            Shape::Nested(nesting, _) => format!("@{}", nesting.name()),
        };
        let unit = attribute.unit.map(|unit| format!(" unit={unit}")).unwrap_or_default();
        let _ = writeln!(out, "{:depth$}{} {shape} {flags}{unit}", "", WrittenName(name));
        if let Shape::Nested(_, nested) = &attribute.shape {
            write_attributes(nested, depth + 1, out);
        }
    }
}

/// Writes a function.
pub fn write_function(name: &str, function: &Function, out: &mut String) {
    let parameter = |dots: &str, of: &Parameter| {
        let mark = if of.is_nullable { "?" } else { "" };
        format!("{dots}{}{mark}:{}", WrittenName(&of.name), of.of)
    };
    let parameters = function.parameters.iter().map(|of| parameter("", of));
    let all: Vec<String> = parameters.chain(function.variadic.iter().map(|of| parameter("...", of))).collect();
    let _ = writeln!(out, "function {name} ({})->{}", all.join(","), function.result);
}
