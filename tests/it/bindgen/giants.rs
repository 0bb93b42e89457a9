//! Types as deep and wide as AWS's recursive ones (`aws_wafv2_web_acl`, `aws_quicksight_template`), which the dump at hand does not have and which
//! broke other generators: schemas of the same making, with statements in statements and visuals of many kinds.

use super::crates::{check_crate, write_crate};
use serde_json::{Map, Value, json};
use tapwasm::schema::{Block, ProviderIndex, Section, read};

/// Kinds of statements, of fields that they look at, of visuals, and of options in each.
const N_STATEMENTS: usize = 15;
const N_FIELDS: usize = 12;
const N_VISUALS: usize = 24;
const N_OPTIONS: usize = 6;

fn block(attributes: &[&str], blocks: Map<String, Value>) -> Value {
    let attributes: Map<String, Value> =
        attributes.iter().map(|name| ((*name).to_owned(), json!({ "type": "string", "optional": true }))).collect();
    json!({ "attributes": attributes, "block_types": blocks })
}

fn list(block: Value, max: u64) -> Value {
    json!({ "nesting_mode": "list", "max_items": max, "block": block })
}

/// A rule's statement, which holds statements again until none are left.
fn statement(depth: usize) -> Value {
    let fields = || (0..N_FIELDS).map(|n| (format!("field_{n}"), list(block(&["name"], Map::new()), 1))).collect::<Map<_, _>>();
    let mut blocks: Map<String, Value> = (0..N_STATEMENTS)
        .map(|n| {
            let matched = Map::from_iter([("field_to_match".to_owned(), list(block(&["sensitivity"], fields()), 1))]);
            (format!("kind_{n}_statement"), list(block(&["value", "arn"], matched), 1))
        })
        .collect();
    if depth > 0 {
        for name in ["and_statement", "or_statement", "not_statement"] {
            let inner = Map::from_iter([("statement".to_owned(), list(statement(depth - 1), 0))]);
            blocks.insert(name.to_owned(), list(block(&[], inner), 1));
        }
    }
    block(&[], blocks)
}

/// A visual: options of options, whose structure differs from kind to kind under the same names.
fn visual(kind: usize, depth: usize) -> Value {
    let mut blocks = Map::new();
    if depth > 0 {
        for n in 0..N_OPTIONS {
            blocks.insert(format!("option_{n}"), list(visual(kind * 31 + n, depth - 1), 1));
        }
    }
    let name = format!("setting_{}", kind % 97);
    block(&["visibility", &name], blocks)
}

fn giants() -> ProviderIndex {
    let web_acl = block(
        &["name", "scope"],
        Map::from_iter([(
            "rule".to_owned(),
            list(block(&["name"], Map::from_iter([("statement".to_owned(), list(statement(3), 1))])), 0),
        )]),
    );
    let visuals = (0..N_VISUALS).map(|kind| (format!("visual_{kind}"), list(visual(kind, 3), 1))).collect();
    let dump = json!({
        "format_version": "1.0",
        "provider_schemas": { "registry.terraform.io/acme/giant": {
            "resource_schemas": {
                "giant_web_acl": { "version": 0, "block": web_acl },
                "giant_template": { "version": 0, "block": block(&["name"], Map::from_iter([("sheet".to_owned(), list(block(&[], visuals), 0))])) },
            }
        } }
    });
    read(dump.to_string()).unwrap().pop().unwrap()
}

fn n_blocks(block: &Block) -> usize {
    block.blocks.values().map(|nested| 1 + n_blocks(&nested.block)).sum()
}

#[test]
fn types_as_deep_and_wide_as_the_recursive_ones_compile() {
    let provider = giants();
    let types: Vec<_> = provider.names(Section::Resource).map(|name| (Section::Resource, name)).collect();
    let nested: usize = types.iter().map(|(section, name)| n_blocks(&provider.block(*section, name).unwrap().unwrap())).sum();
    assert!(nested > 10_000, "{nested} nested blocks");
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("generated-bindings");
    write_crate(&folder, &provider, &types);
    // What is the same is written once.
    let text = std::fs::read_to_string(folder.join("src/bindings/web_acl.rs")).unwrap();
    assert_eq!(text.matches("sdk::block!(\"field_to_match\"").count(), 1);
    check_crate(&folder);
}
