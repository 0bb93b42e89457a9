//! What is read as the same is the same to the real Terraform: each pair of notations is evaluated by it.

use super::real::outputs;
use crate::terraform::read::read;
use serde_json::{Value, json};

/// Notations of which reading makes one.
const SAME: [(&str, &str); 18] = [
    ("${local.map.a}", "${ (local.map[\"a\"]) }"),
    ("${local.items.*.name}", "${local.items[*].name}"),
    ("${local.items.*.name[0]}", "${(local.items[*].name)[0]}"),
    ("a${\"b${local.map.a}\"}d", "ab${local.map.a}d"),
    ("$${x}-${local.map.a}", "${\"$${x}\"}-${local.map.a}"),
    ("a  ${~ local.map.a ~}  b", "a${local.map.a}b"),
    ("${{ a = 1, b = 2.0 }}", "${{\"b\" = 2, \"a\" : 1}}"),
    ("${[for k, v in local.map : v if k != \"a\"]}", "${[for key, val in local.map: val if key != \"a\"]}"),
    ("${[for k, v in local.map : v]}", "${[for v in local.map : v]}"),
    ("${{for k, v in local.map : v => k...}}", "${{ for a, b in local.map: b => a... }}"),
    ("%{ if local.yes }x%{ else }y%{ endif }", "%{if local.yes}x%{else}y%{endif}"),
    ("%{ for k, v in local.map }${v} %{ endfor }", "%{for v in local.map}${v} %{endfor}"),
    ("a %{~ if local.yes ~} x %{~ endif ~} b", "a%{if local.yes}x%{endif}b"),
    ("${-1}", "${-(1)}"),
    ("${1.50}", "${1.5}"),
    ("${<<EOT\nline ${local.map.a}\nEOT\n}", "line ${local.map.a}\n"),
    ("${<<-EOT\n    line\n      more\n    EOT\n}", "line\n  more\n"),
    ("e\u{301}", "\u{e9}"),
];

fn configuration(notations: &[&str]) -> Value {
    let output = |(position, notation): (usize, &&str)| (format!("o{position:03}"), json!({ "value": notation }));
    json!({
        "locals": { "yes": true, "map": { "a": "A", "b": "B" }, "items": [{ "name": ["n", "m"] }, { "name": ["o"] }] },
        "output": notations.iter().enumerate().map(output).collect::<serde_json::Map<_, _>>(),
    })
}

#[test]
fn what_reads_the_same_is_the_same_to_terraform() {
    let notations: Vec<&str> = SAME.iter().flat_map(|(one, other)| [*one, *other]).collect();
    let configuration = configuration(&notations);
    let Some(values) = outputs(&configuration.to_string()) else { return };
    for (position, (one, other)) in SAME.iter().enumerate() {
        let value = |number: usize| &values[format!("o{number:03}")]["value"];
        assert_eq!(value(2 * position), value(2 * position + 1), "{one} and {other}");
    }
}

#[test]
fn what_is_the_same_to_terraform_reads_the_same() {
    for (one, other) in SAME {
        let read = |notation: &str| read(&configuration(&[notation]).to_string()).unwrap().blocks;
        assert_eq!(read(one), read(other), "{one} and {other}");
    }
}
