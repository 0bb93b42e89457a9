//! Literals that are given to something sensitive: each test writes a declaration, and says what is masked, and what is left to be seen.

use super::super::{Masking, Schemas, check, mask, read};
use super::hcl::evaluation;
use crate::graph::{ResourceGraph, SecretKey, build};
use crate::model::hcl::expression_text;
use crate::model::{Body, Configuration, Kind};

const SCHEMA: &str = "\
tapwasm-schema 1
provider registry.terraform.io/acme/acme 1.0.0 complete
config
 token s oS
resource acme_db
 name s o
 password s oS
 password_wo s oSW
 settings {s} oS
 size n oS
 users @list o
  name s o
  password s oS
 by_key @map o
  password s oS
 only @single o
  password s oS
  deep @set o
   pin n oS
 auth #list 0 0
  password s oS
  user s o
  deep #single 0 0
   token s oS
 members #set 0 0
  password s oS
 keyed #map 0 0
  password s oS
data acme_db
 token s oS
ephemeral acme_db
 token s oS
";

fn masked(hcl: &str) -> (ResourceGraph, Vec<String>) {
    let schemas = Schemas::new(read(SCHEMA).expect("it is a schema"));
    let required = "terraform {\n  required_providers {\n    acme = { source = \"acme/acme\", version = \"1.0.0\" }\n  }\n}\n";
    let (mut graphs, _) = build(evaluation(&format!("{required}{hcl}")), &[], &[]);
    let key = SecretKey::new(&[7; 32]).expect("long enough");
    let found = mask(&mut graphs, &schemas, Some(&key));
    let found = found.iter().map(|found| {
        assert_eq!((found.code, found.place.is_some()), ("literal-secret", true));
        format!("{} {}", found.address.as_ref().expect("it is about something"), found.path)
    });
    let found = found.collect();
    (graphs.remove(0), found)
}

/// Reads what is emitted back, and masks it.
fn read_back(graph: &ResourceGraph) -> Configuration {
    let emitted = String::from_utf8(crate::terraform::emit(graph).0).expect("JSON is UTF-8");
    let mut configuration = crate::terraform::read::read(&emitted).expect("it can be read");
    let schemas = Schemas::new(read(SCHEMA).expect("it is a schema"));
    Masking::of(graph, &schemas, None).configuration(&mut configuration);
    configuration
}

fn outline(body: &Body, out: &mut String) {
    for (name, value) in &body.arguments {
        out.push_str(&format!("{name} = {}\n", expression_text(value)));
    }
    for block in &body.blocks {
        out.push_str(&format!("{}:\n", block.name));
        outline(&block.body, out);
    }
}

/// Declares one `acme_db` with a body; all text with `hunter` is secret.
#[track_caller]
fn check_body(body: &str, paths: &[&str], left: &[&str]) {
    let (graph, found) = masked(&format!("resource \"acme_db\" \"x\" {{\n{body}\n}}\n"));
    let expected: Vec<String> = paths.iter().map(|path| format!("acme_db.x {path}")).collect();
    assert_eq!(found, expected);
    let mut shown = String::new();
    outline(&graph.node("acme_db.x").expect("it is declared").body, &mut shown);
    assert!(!shown.contains("hunter"), "{shown}");
    left.iter().for_each(|left| assert!(shown.contains(left), "no {left} in {shown}"));
    assert!(!format!("{graph:?}").contains("hunter"), "{graph:?}");
    // What is emitted has it all.
    let (emitted, diagnostics) = crate::terraform::emit(&graph);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    assert_eq!(String::from_utf8(emitted).expect("JSON is UTF-8").contains("hunter"), !paths.is_empty());
}

#[test]
fn a_literal_is_masked_and_what_it_reads_is_not() {
    check_body("name = \"n\"\npassword = \"hunter2\"", &["password"], &["name = \"n\"", "password = (sensitive)"]);
    check_body("password = \"hunter-${var.n}\"", &["password"], &["(sensitive, with var.n)"]);
    check_body("password = join(\"\", [\"hun\", \"hunter\"])", &["password"], &[]);
    check_body("password_wo = jsonencode({ a = \"hunter2\" })", &["password_wo"], &[]);
    check_body("settings = { hunter = \"hunter2\", b = var.b }", &["settings"], &["(sensitive, with var.b)"]);
    check_body("size = 7\npassword = \"hunter2\"", &["password", "size"], &["size = (sensitive)"]);
}

#[test]
fn what_only_reads_is_neither_masked_nor_warned_of() {
    check_body("password = var.p", &[], &["password = var.p"]);
    check_body("password = random_password.p[0].result", &[], &["password = random_password.p[0].result"]);
    check_body("password = null\nsettings = { b = var.b }", &[], &["settings = { b = var.b }"]);
}

#[test]
fn attributes_of_objects_are_masked() {
    check_body(
        "users = [{ name = \"a\", password = \"hunter1\" }, { name = \"b\", password = var.p }]",
        &["users.0.password"],
        &["{ name = \"a\", password = (sensitive) }", "password = var.p"],
    );
    check_body("by_key = { k = { password = \"hunter2\" } }", &["by_key.k.password"], &["password = (sensitive)"]);
    check_body(
        "only = { password = \"hunter2\", deep = [{ pin = 7 }] }",
        &["only.deep.0.pin", "only.password"],
        &["pin = (sensitive)"],
    );
    check_body(
        "users = var.on ? [{ name = \"a\", password = \"hunter2\" }] : []",
        &["users.then.0.password"],
        &["var.on ? [{ name = \"a\""],
    );
    check_body(
        "users = [for u in var.users : { name = u, password = \"hunter2\" }]",
        &["users.password"],
        &["for value in var.users"],
    );
    check_body(
        "users = concat([{ name = \"a\", password = \"hunter2\" }], var.more)",
        &["users"],
        &["(sensitive, with var.more)"],
    );
    check_body("users = [for u in [\"hunter2\"] : { password = u }]", &["users"], &[]);
}

#[test]
fn nested_blocks_are_masked() {
    check_body(
        "auth {\n user = \"u\"\n password = \"hunter1\"\n}\nauth {\n password = var.p\n deep {\n token = \"hunter2\"\n }\n}",
        &["auth[0].password", "auth[1].deep.token"],
        &["user = \"u\"", "password = var.p"],
    );
    check_body("members {\n password = \"hunter1\"\n}", &["members.password"], &[]);
    check_body("keyed \"k\" {\n password = \"hunter1\"\n}", &["keyed.password"], &[]);
    check_body(
        "dynamic \"auth\" {\n for_each = [\"hunter1\"]\n content {\n user = \"u\"\n password = auth.value\n }\n}",
        &["auth.for_each"],
        &["password = auth.value", "user = \"u\""],
    );
    check_body(
        "dynamic \"auth\" {\n for_each = var.users\n content {\n password = \"hunter1\"\n }\n}",
        &["auth.password"],
        &["for_each = var.users"],
    );
}

#[test]
fn every_kind_with_a_schema_is_looked_at() {
    let (graph, found) = masked(
        "provider \"acme\" {\n token = \"hunter2\"\n}\ndata \"acme_db\" \"x\" {\n token = \"hunter2\"\n}\nephemeral \"acme_db\" \"x\" {\n \
         token = \"hunter2\"\n}\ncheck \"c\" {\n data \"acme_db\" \"x\" {\n token = \"hunter2\"\n }\n assert {\n condition = var.on\n \
         error_message = \"m\"\n }\n}\n",
    );
    assert_eq!(
        found,
        ["check.c data.acme_db.x.token", "data.acme_db.x token", "ephemeral.acme_db.x token", "provider.acme token"]
    );
    let shown = format!("{:?}", read_back(&graph));
    assert!(shown.matches("Masked(").count() == 4 && !shown.contains("hunter2"), "{shown}");
}

#[test]
fn messages_do_not_quote_what_is_masked() {
    let schemas = Schemas::new(read(SCHEMA).expect("it is a schema"));
    let required = "terraform {\n required_providers {\n acme = { source = \"acme/acme\" }\n }\n}\n";
    let hcl = format!("{required}resource \"acme_db\" \"x\" {{\n password = \"hunter2\"\n}}\n");
    let (mut graphs, _) = build(evaluation(&hcl), &[], &[]);
    let mut diagnostics = check(&graphs, &schemas);
    diagnostics.push(crate::diagnostic::Diagnostic::error("x", "Wrong").detail("there is \"hunter2\" in it"));
    mask(&mut graphs, &schemas, None);
    graphs[0].kept.redact(&mut diagnostics);
    assert!(diagnostics.iter().any(|found| found.detail == "there is \"(sensitive)\" in it"), "{diagnostics:?}");
}

#[test]
fn what_was_stored_readable_is_masked_in_the_same_way() {
    let hcl = "resource \"acme_db\" \"x\" {\n password = \"hunter2\"\n auth {\n password = \"hunter3\"\n }\n}\n";
    let (graph, _) = masked(hcl);
    let declared = graph.unmasked().find(|node| node.kind == Kind::Resource).expect("it is declared");
    let schemas = Schemas::new(read(SCHEMA).expect("it is a schema"));
    let key = SecretKey::new(&[7; 32]).expect("long enough");
    let mut masking = Masking::of(&graph, &schemas, Some(&key));
    let mut body = declared.body.clone();
    let hidden = masking.body(declared.kind, &declared.labels, &declared.meta, &declared.address, &mut body);
    let shown = |body: &Body| {
        let mut shown = String::new();
        outline(body, &mut shown);
        shown
    };
    assert_eq!((hidden.len(), shown(&body)), (2, shown(&graph.node("acme_db.x").expect("it is declared").body)));
    // Again, nothing more is found.
    assert!(masking.body(declared.kind, &declared.labels, &declared.meta, &declared.address, &mut body).is_empty());

    let content = expression_text(&read_back(&graph).blocks["acme_db.x"].content);
    assert_eq!(content, "{ auth = { password = (sensitive) }, password = (sensitive) }");
}
