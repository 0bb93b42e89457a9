//! Schemas are read, and written in the compact form, without loss.

mod checks;
mod hcl;
mod masks;

use super::*;

/// One of everything that a schema can say.
const DUMP: &str = r#"{
  "format_version": "1.0",
  "provider_schemas": {
    "registry.terraform.io/acme/acme": {
      "provider": {"version": 0, "block": {"attributes": {"token": {"type": "string", "optional": true, "sensitive": true}}}},
      "resource_schemas": {
        "acme_thing": {"version": 1, "block": {
          "deprecated": true,
          "attributes": {
            "arn": {"type": "string", "computed": true},
            "name": {"type": "string", "required": true, "description": "A name."},
            "secret_wo": {"type": "string", "optional": true, "write_only": true, "sensitive": true},
            "keep_in_days": {"type": "number", "optional": true, "computed": true, "deprecated": true},
            "anything": {"type": "dynamic", "optional": true},
            "rules": {"type": ["set", ["object", {"from": "number", "to": "number"}]], "optional": true, "computed": true},
            "nested": {"nested_type": {"nesting_mode": "map", "attributes": {
              "a": {"type": "string", "required": true},
              "deep": {"nested_type": {"nesting_mode": "single", "attributes": {"b": {"type": "bool", "computed": true}}}, "optional": true}
            }}, "optional": true}
          },
          "block_types": {
            "one": {"nesting_mode": "single", "block": {"deprecated": true}},
            "group": {"nesting_mode": "group", "block": {"attributes": {"x": {"type": "string", "optional": true}}}},
            "many": {"nesting_mode": "list", "min_items": 1, "max_items": 3, "block": {
              "attributes": {"size": {"type": "number", "required": true}},
              "block_types": {"inner": {"nesting_mode": "set", "block": {"attributes": {"y": {"type": ["map", "string"], "required": true}}}}}
            }},
            "by_key": {"nesting_mode": "map", "block": {}}
          }
        }}
      },
      "data_source_schemas": {"acme_thing": {"version": 0, "block": {"attributes": {"id": {"type": "string", "required": true}}}}},
      "ephemeral_resource_schemas": {"acme_token": {"version": 0, "block": {}}},
      "functions": {"join": {
        "return_type": ["object", {"text": "string"}],
        "parameters": [{"name": "separator", "type": "string", "is_nullable": true}],
        "variadic_parameter": {"name": "parts", "type": "dynamic"}
      }},
      "resource_identity_schemas": {"acme_thing": {"version": 0}}
    }
  }
}"#;

const COMPACT: &str = "\
tapwasm-schema 1
provider registry.terraform.io/acme/acme 1.2.3 complete
config
 token s oS
resource acme_thing D
 anything * o
 arn s c
 keep_in_days n ocD unit=days
 name s r
 nested @map o
  a s r
  deep @single o
   b b c
 rules <(from:n,to:n)> oc
 secret_wo s oSW
 by_key #map 0 0
 group #group 0 0
  x s o
 many #list 1 3
  size n r
  inner #set 0 0
   y {s} r
 one #single 0 0 D
data acme_thing
 id s r
ephemeral acme_token
function join (separator?:s,...parts:*)->(text:s)
";

fn written(provider: &ProviderIndex) -> String {
    let mut out = String::new();
    compact::write_provider(&provider.source, Some("1.2.3"), provider.is_complete, &mut out);
    for section in [Section::Config, Section::Resource, Section::Data, Section::Ephemeral] {
        for name in provider.names(section) {
            compact::write_block(section, name, &provider.block(section, name).unwrap().unwrap(), &mut out);
        }
    }
    for name in provider.names(Section::Function) {
        compact::write_function(name, &provider.function(name).unwrap().unwrap(), &mut out);
    }
    out
}

#[test]
fn a_dump_becomes_the_compact_form_and_that_is_read_back() {
    let [dump] = &read(DUMP).unwrap()[..] else { panic!("one provider") };
    assert_eq!((dump.name(), dump.short_source()), ("acme", "acme/acme"));
    assert_eq!(written(dump), COMPACT);
    let [compact] = &read(COMPACT).unwrap()[..] else { panic!("one provider") };
    assert_eq!((compact.version.as_deref(), written(compact).as_str()), (Some("1.2.3"), COMPACT));
    let thing = dump.block(Section::Resource, "acme_thing").unwrap().unwrap();
    assert_eq!(thing.attributes["name"].description.as_deref(), Some("A name."));
    assert_eq!(thing.blocks["many"].of().to_string(), "[(inner?:<(y:{s})>,size:n)]");
    assert_eq!(thing.attributes["nested"].of().to_string(), "{(a:s,deep?:(b?:b))}");
}

#[test]
fn schemas_that_were_put_together_are_read_as_several() {
    let text = format!("{COMPACT}{}", builtin::SCHEMA);
    let providers = read(text).unwrap();
    assert_eq!(providers.iter().map(ProviderIndex::name).collect::<Vec<_>>(), ["acme", "terraform"]);
    assert!(providers[1].block(Section::Data, "terraform_remote_state").unwrap().is_some());
    assert!(!providers[1].has(Section::Data, "acme_thing"));
}

#[test]
fn what_is_no_schema_is_told_from_what_is_damaged() {
    let of = |text: &str| read(text).unwrap_err();
    for text in ["", "hello", "[]", "{}", r#"{"format_version": 1}"#, r#"{"format_version": "1.0", "provider_schemas": []}"#] {
        assert_eq!(of(text), SchemaError::NotASchema, "{text}");
    }
    assert!(matches!(of(r#"{"format_version": "2.0"}"#), SchemaError::Version { found, .. } if found == "2.0"));
    assert!(matches!(of("tapwasm-schema 7\n"), SchemaError::Version { found, .. } if found == "7"));
    for text in [r#"{"format_version": "1.0"}"#, r#"{"format_version": "1.0", "provider_schemas": {}}"#] {
        assert_eq!(of(text), SchemaError::Empty, "{text}");
    }
    assert!(matches!(of(&DUMP[..DUMP.len() / 2]), SchemaError::CutShort(_)));
    assert!(matches!(of("{]"), SchemaError::Damaged(_)));
    assert!(matches!(of("tapwasm-schema 1\nnonsense\n"), SchemaError::Damaged(_)));
    assert!(matches!(of("tapwasm-schema 1\nresource a_b\n"), SchemaError::Damaged(_)));
}

#[test]
fn what_shells_of_windows_write_is_read() {
    let expected = read(DUMP).unwrap();
    let units = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        [&mark[..], &DUMP.encode_utf16().flat_map(bytes).collect::<Vec<u8>>()].concat()
    };
    for bytes in [
        DUMP.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", DUMP.as_bytes()].concat(),
        units([0xff, 0xfe], u16::to_le_bytes),
        units([0xfe, 0xff], u16::to_be_bytes),
    ] {
        let found = read(text_of(bytes).unwrap()).unwrap();
        let written = |all: &[ProviderIndex]| all.iter().map(written).collect::<Vec<String>>();
        assert_eq!(written(&found), written(&expected));
    }
    assert_eq!(text_of(vec![0xc3, 0x28]).unwrap_err(), SchemaError::NotASchema);
}

#[test]
fn a_compact_text_that_was_cut_anywhere_is_never_read_as_whole() {
    let whole = read(COMPACT).unwrap();
    for length in (0..COMPACT.len()).filter(|length| !COMPACT[..*length].ends_with('\n')) {
        let Ok(providers) = read(&COMPACT[..length]) else { continue };
        let is_lost = providers.iter().any(|provider| {
            let sections = [Section::Config, Section::Resource, Section::Data, Section::Ephemeral];
            let mut names = sections.iter().flat_map(|section| provider.names(*section).map(move |name| (*section, name)));
            names.any(|(section, name)| provider.block(section, name).is_err())
        });
        assert!(is_lost || whole.len() > providers.len(), "cut at {length}: {}", &COMPACT[..length]);
    }
}

#[test]
fn text_of_a_guest_that_makes_no_sense_is_refused_in_bounded_depth() {
    let of = |lines: &str| {
        let text = format!("tapwasm-schema 1\nprovider a/b/c - partial\nresource c_x\n{lines}");
        read(text).unwrap()[0].block(Section::Resource, "c_x").unwrap_err().to_string()
    };
    assert_eq!(of(" a\n"), "`c_x` in it makes no sense: `a`: ` ` is missing before ``");
    assert_eq!(of(" a q o\n"), "`c_x` in it makes no sense: `a q o`: `q` begins no type");
    assert_eq!(of("  a s o\n"), "`c_x` in it makes no sense: `  a s o` is indented too far");
    assert_eq!(of(" a #bag 0 0\n"), "`c_x` in it makes no sense: `a #bag 0 0`: there is no nesting `bag`");
    assert_eq!(of(" a #list 0 many\n"), "`c_x` in it makes no sense: `a #list 0 many`: `many` is no number");
    let deep: String = (1..10_000).map(|depth| format!("{:depth$}a #list 0 0\n", "")).collect();
    assert!(of(&deep).contains("nested more than 60 deep"));
}

#[test]
fn the_example_of_the_documentation_is_in_the_compact_form() {
    let page = include_str!("../../../../docs/schema-checks.md");
    let example = page.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let [provider] = &read(example).unwrap()[..] else { panic!("one provider") };
    assert_eq!(written(provider).replace(" 1.2.3 ", " 6.47.0 "), example);
}
