//! Diagnostics as text for people, one line each, or JSON.
//!
//! Text for people carries ANSI styles, which the caller strips where there is no terminal (`anstream` does). What guests wrote is made
//! visible first.

use super::json::{DiagnosticV1, severity_name};
use super::{Diagnostic, Diagnostics, Severity, visible, visible_lines};
use crate::model::Place;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use std::cmp::Reverse;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Component, Path};

/// How diagnostics are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Several lines each: place, detail, help.
    #[default]
    Full,
    /// One line each.
    Concise,
    /// A JSON array.
    Json,
}

/// What is shown of diagnostics, and how.
#[derive(Clone, Copy, Debug)]
pub struct RenderOptions<'a> {
    /// In which form.
    pub format: Format,
    /// The folder of the guest's crate: lines of files in it are shown. Nothing outside of it is read, whatever a guest says.
    pub sources: Option<&'a Path>,
    /// The least severe that is shown.
    pub least: Severity,
}

impl Default for RenderOptions<'_> {
    fn default() -> Self {
        RenderOptions { format: Format::default(), sources: None, least: Severity::Info }
    }
}

/// A source file that is longer is not shown.
const LARGEST_SOURCE: u64 = 4 * 1024 * 1024;

/// Renders diagnostics, those with errors last so that a terminal ends with what matters.
pub fn render(diagnostics: &Diagnostics, options: RenderOptions<'_>) -> String {
    let beyond = diagnostics.beyond();
    let all = diagnostics.iter().chain(&beyond);
    let mut shown: Vec<&Diagnostic> = all.filter(|diagnostic| diagnostic.severity <= options.least).collect();
    shown.sort_by_key(|diagnostic| Reverse(diagnostic.severity));
    match options.format {
        Format::Full => shown.into_iter().map(|diagnostic| full(diagnostic, options.sources)).collect(),
        Format::Concise => shown.into_iter().map(concise).collect(),
        Format::Json => {
            let shown: Vec<DiagnosticV1<'_>> = shown.into_iter().map(DiagnosticV1::from).collect();
            serde_json::to_string_pretty(&shown).expect("text and numbers can always be written") + "\n"
        }
    }
}

fn full(diagnostic: &Diagnostic, sources: Option<&Path>) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::Debug => Level::NOTE.with_name("debug"),
    };
    let mut group = Group::with_title(level.primary_title(visible(&diagnostic.summary)).id(diagnostic.code));
    if let Some(place) = &diagnostic.place {
        group = group.element(excerpt(place, sources));
    }
    if let Some(address) = &diagnostic.address {
        group = group.element(Level::NOTE.with_name("address").message(visible(address.as_str())));
    }
    if !diagnostic.path.is_empty() {
        group = group.element(Level::NOTE.with_name("path").message(visible(&diagnostic.path)));
    }
    if !diagnostic.detail.is_empty() {
        group = group.element(Level::NOTE.message(visible_lines(&diagnostic.detail)));
    }
    if !diagnostic.help.is_empty() {
        group = group.element(Level::HELP.message(visible_lines(&diagnostic.help)));
    }
    let related = diagnostic
        .related
        .iter()
        .map(|(label, place)| Group::with_title(Level::NOTE.secondary_title(visible(label))).element(excerpt(place, sources)));
    let groups: Vec<Group<'_>> = std::iter::once(group).chain(related).collect();
    Renderer::styled().render(&groups) + "\n\n"
}

/// Returns the line of a place if it can be read, else only where it is.
fn excerpt<'a>(place: &'a Place, sources: Option<&Path>) -> Element<'a> {
    let path = visible(&place.file);
    let found = sources.and_then(|folder| read_source(folder, &place.file)).and_then(|source| {
        let span = span_of(&source, place)?;
        Some((source, span))
    });
    if let Some((source, span)) = found {
        return Element::from(Snippet::source(source).path(path).annotation(AnnotationKind::Primary.span(span)));
    }
    let mut origin = Origin::path(path);
    if place.line > 0 {
        origin = origin.line(place.line as usize);
        if place.column > 0 {
            origin = origin.char_column(place.column as usize);
        }
    }
    Element::from(origin)
}

/// Reads a source file, if it is in the folder: a guest that names another one could bring its lines into a log.
fn read_source(folder: &Path, file: &str) -> Option<String> {
    let file = Path::new(file);
    if !file.components().all(|component| matches!(component, Component::Normal(_) | Component::CurDir)) {
        return None;
    }
    let folder = fs::canonicalize(folder).ok()?;
    let path = fs::canonicalize(folder.join(file)).ok()?;
    let metadata = fs::metadata(&path).ok()?;
    if !path.starts_with(&folder) || !metadata.is_file() || metadata.len() > LARGEST_SOURCE {
        return None;
    }
    fs::read_to_string(path).ok()
}

/// Returns the bytes of the word at a place.
fn span_of(source: &str, place: &Place) -> Option<Range<usize>> {
    let line_number = usize::try_from(place.line).ok()?.checked_sub(1)?;
    let line = source.split_inclusive('\n').nth(line_number)?;
    let line_start: usize = source.split_inclusive('\n').take(line_number).map(str::len).sum();
    let text = line.trim_end();
    let column = usize::try_from(place.column).ok()?;
    let start = match column.checked_sub(1) {
        Some(before) => text.char_indices().nth(before)?.0,
        None => text.len() - text.trim_start().len(),
    };
    let rest = &text[start..];
    let length = match column {
        0 => rest.len(),
        _ => rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()),
    };
    let length = length.max(rest.chars().next().map_or(0, char::len_utf8));
    Some(line_start + start..line_start + start + length)
}

fn concise(diagnostic: &Diagnostic) -> String {
    let one_line = |text: &str| visible(&text.replace('\n', " ")).into_owned();
    let mut line = String::new();
    if let Some(place) = &diagnostic.place {
        let _ = write!(line, "{}: ", one_line(&place.to_string()));
    }
    let _ = write!(line, "{}[{}]: {}", severity_name(diagnostic.severity), diagnostic.code, one_line(&diagnostic.summary));
    match (&diagnostic.detail[..], &diagnostic.address) {
        (detail, Some(address)) if !diagnostic.path.is_empty() => {
            let _ = write!(line, ": {}: {}: {}", one_line(address.as_str()), one_line(&diagnostic.path), one_line(detail));
        }
        ("", None) => {}
        ("", Some(address)) => {
            let _ = write!(line, ": {}", one_line(address.as_str()));
        }
        // It names the address where that matters.
        (detail, _) => {
            let _ = write!(line, ": {}", one_line(detail));
        }
    }
    if !diagnostic.help.is_empty() {
        let _ = write!(line, " ({})", one_line(&diagnostic.help));
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests;
