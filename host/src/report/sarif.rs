//! Diagnostics as SARIF 2.1.0, with the guest's places: what hosts of code show beside the lines of a pull request.

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::model::Place;
use serde::Serialize;
use std::collections::BTreeMap;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Returns all that was said as one document.
pub fn document(diagnostics: &Diagnostics) -> String {
    let beyond = diagnostics.beyond();
    let all: Vec<&Diagnostic> = diagnostics.iter().chain(&beyond).filter(|found| found.severity <= Severity::Info).collect();
    let summaries: BTreeMap<&str, &str> = all.iter().map(|found| (found.code, found.summary.as_str())).collect();
    let rules = summaries.iter().map(|(id, summary)| Rule { id, short_description: Text { text: (*summary).to_owned() } });
    let driver = Driver { name: "tapwasm", version: env!("CARGO_PKG_VERSION"), rules: rules.collect() };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results: all.into_iter().map(result).collect() };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    serde_json::to_string_pretty(&log).expect("keys are text, and values are what JSON has") + "\n"
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    results: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Text,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'a str,
    level: &'static str,
    message: Text,
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<PhysicalLocation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    fully_qualified_name: String,
    kind: &'a str,
}

fn result(of: &Diagnostic) -> Found<'_> {
    let mut text = of.summary.clone();
    for part in [&of.detail, &of.help].into_iter().filter(|part| !part.is_empty()) {
        text.push_str("\n\n");
        text.push_str(part);
    }
    let name = of.address.as_ref().map(|address| match of.path.as_str() {
        "" => address.to_string(),
        path => format!("{address}.{path}"),
    });
    let logical = name.map(|name| LogicalLocation { fully_qualified_name: name, kind: "declaration" });
    let location = Location {
        physical_location: of.place.as_ref().map(physical),
        logical_locations: logical.into_iter().collect(),
        message: None,
    };
    let is_anywhere = location.physical_location.is_some() || !location.logical_locations.is_empty();
    let related = of.related.iter().map(|(label, place)| Location {
        physical_location: Some(physical(place)),
        logical_locations: Vec::new(),
        message: Some(Text { text: label.clone() }),
    });
    Found {
        rule_id: of.code,
        level: match of.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info | Severity::Debug => "note",
        },
        message: Text { text },
        locations: is_anywhere.then_some(location).into_iter().collect(),
        related_locations: related.collect(),
    }
}

fn physical(place: &Place) -> PhysicalLocation {
    let region =
        (place.line > 0).then(|| Region { start_line: place.line, start_column: (place.column > 0).then_some(place.column) });
    PhysicalLocation { artifact_location: ArtifactLocation { uri: uri(&place.file) }, region }
}

/// A path as a reference: what could be something else in a URI is written by its bytes.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Address;

    #[test]
    fn what_was_said_has_its_rule_its_place_and_its_subject() {
        let place = |line, column| Place { file: "src/my lib.rs".into(), line, column };
        let found = Diagnostic::error("wrong-type", "Incorrect attribute value type")
            .detail("A number is required.")
            .help("Give one.")
            .at(&place(7, 9))
            .about(&Address::from_text("aws_x.y"))
            .in_path("a.b")
            .related("declared here", &place(3, 0));
        let all = [found, Diagnostic::warning("deprecated", "Deprecated")];
        let json: serde_json::Value = serde_json::from_str(&document(&all.into_iter().collect())).unwrap();
        let run = &json["runs"][0];
        assert_eq!((&json["version"], &run["tool"]["driver"]["name"]), (&"2.1.0".into(), &"tapwasm".into()));
        assert_eq!(run["tool"]["driver"]["rules"][1]["id"], "wrong-type");
        let first = &run["results"][0];
        assert_eq!(first["level"], "error");
        assert_eq!(first["message"]["text"], "Incorrect attribute value type\n\nA number is required.\n\nGive one.");
        let location = &first["locations"][0];
        assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "src/my%20lib.rs");
        assert_eq!(location["physicalLocation"]["region"], serde_json::json!({ "startLine": 7, "startColumn": 9 }));
        assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "aws_x.y.a.b");
        assert_eq!(first["relatedLocations"][0]["physicalLocation"]["region"], serde_json::json!({ "startLine": 3 }));
        assert_eq!(run["results"][1]["locations"], serde_json::json!([]));
    }
}
