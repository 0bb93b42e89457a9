//! Diagnostics for programs: serde structs beside the model.

use super::{Diagnostic, Severity};
use crate::model::Place;
use serde::Serialize;

/// A diagnostic as programs read it. What is not known or empty is left out.
#[derive(Debug, Serialize)]
pub(crate) struct DiagnosticV1<'a> {
    severity: &'static str,
    code: &'a str,
    summary: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<PlaceV1<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedV1<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    help: &'a str,
}

#[derive(Debug, Serialize)]
struct PlaceV1<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

#[derive(Debug, Serialize)]
struct RelatedV1<'a> {
    label: &'a str,
    place: PlaceV1<'a>,
}

impl<'a> From<&'a Diagnostic> for DiagnosticV1<'a> {
    fn from(of: &'a Diagnostic) -> DiagnosticV1<'a> {
        DiagnosticV1 {
            severity: severity_name(of.severity),
            code: of.code,
            summary: &of.summary,
            detail: &of.detail,
            address: of.address.as_ref().map(|address| address.as_str()),
            path: &of.path,
            place: of.place.as_ref().map(PlaceV1::from),
            related: of.related.iter().map(|(label, place)| RelatedV1 { label, place: place.into() }).collect(),
            help: &of.help,
        }
    }
}

impl<'a> From<&'a Place> for PlaceV1<'a> {
    fn from(place: &'a Place) -> PlaceV1<'a> {
        let known = |number: u32| (number > 0).then_some(number);
        PlaceV1 { file: &place.file, line: known(place.line), column: known(place.column) }
    }
}

/// Returns a severity as it is written: `error`.
pub(super) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
        Severity::Debug => "debug",
    }
}
