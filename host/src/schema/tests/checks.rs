//! What is found in declarations: each test writes a few and says what must be told.

use super::super::{Schemas, check, prepare, read};
use super::hcl::evaluation;
use crate::diagnostic::Severity;
use crate::graph::{ResourceGraph, build};

const SCHEMA: &str = "\
tapwasm-schema 1
provider registry.terraform.io/acme/acme 1.0.0 complete
resource acme_key
 any * o
 arn s c
 flag b o
 groups <s> o
 name s r
 old s oD
 maps [{s}] o
 rules <(from:n,to:n)> oc
 secret s oS
 secret_wo s oSW
 size n o
 subnets [s] o
 tags {s} o
 by_key #map 0 0
  value s o
 inner #list 0 2
  secret s oS
  size n r
  deep #set 0 0
   must s r
 only #single 0 0
  must s r
 past #list 0 0 D
  a s o
resource acme_nested
 list @list o
  must s r
  told s c
 map @map o
  must s r
  deep @single o
   flag b o
 single @single r
  hidden s oS
  may n o
  must s r
  told s c
resource acme_past D
 a s o
data acme_key
 id s r
 filters <(name:s,value:s)> o
 parts [(name:s)] c
ephemeral acme_token
 token s c
function join (separator:s,...parts:s)->s
function one (of:s)->n
provider registry.terraform.io/hashicorp/other - partial
resource other_thing
 a s o
";

const REQUIRED: &str = r#"
terraform {
  required_providers {
    acme = { source = "acme/acme" }
  }
}
"#;

fn checked(text: &str) -> (ResourceGraph, Vec<String>) {
    let schemas = Schemas::new(read(SCHEMA).unwrap());
    let mut evaluation = evaluation(text);
    let needs = prepare(&mut evaluation, &schemas);
    let (mut graphs, mut diagnostics) = build(evaluation, &[], &needs);
    diagnostics.extend(check(&graphs, &schemas));
    let said = diagnostics.iter().map(|found| {
        let severity = if found.severity == Severity::Error { "" } else { "not an error: " };
        let address = found.address.as_ref().map(ToString::to_string).unwrap_or_default();
        let help = if found.help.is_empty() { String::new() } else { format!(" {}", found.help) };
        format!("{severity}{address} {}: {}{help}", found.path, found.detail)
    });
    (graphs.pop().unwrap(), said.collect())
}

/// Expects that this is told of declarations: `address path: detail help`, in any order of finding.
#[track_caller]
fn check_all(text: &str, expected: &[&str]) {
    let (_, said) = checked(&format!("{REQUIRED}{text}"));
    assert_eq!(said, expected);
}

/// Expects errors, by `address path` alone.
#[track_caller]
fn check_paths(text: &str, expected: &[&str]) {
    let (_, said) = checked(&format!("{REQUIRED}{text}"));
    let paths: Vec<&str> = said.iter().map(|said| said.split(": ").next().unwrap()).collect();
    assert_eq!(paths, expected, "{said:#?}");
}

const KEYS: &str = r#"
resource "acme_key" "k" { name = "k" }
resource "acme_key" "many" {
  count = 2
  name = "many"
}
resource "acme_key" "each" {
  for_each = toset(["a"])
  name = "each"
}
resource "acme_key" "full" {
  name = "full"
  inner {
    size = 1
    secret = "s"
  }
}
"#;

#[test]
fn secrets_are_refused_in_plain_outputs_whichever_way_they_get_there() {
    let outputs = r#"
locals { secret = acme_key.k.secret }
output "read" { value = acme_key.k.secret }
output "all" { value = acme_key.k }
output "local" { value = local.secret }
output "text" { value = "a ${acme_key.k.secret} b" }
output "part" { value = { a = [local.secret] } }
output "kept" { value = concat(["a"], [acme_key.k.secret]) }
output "written" { value = jsonencode({ a = acme_key.k.secret }) }
output "splat" { value = acme_key.many[*].secret }
output "instance" { value = acme_key.many[0].secret }
output "key" { value = raw("acme_key.each[\"a\"].secret") }
output "block" { value = acme_key.full.inner[0].secret }
output "blocks" { value = acme_key.full.inner[*].secret }
output "raw" { value = raw("acme_key.k.secret") }
"#;
    let names = ["all", "block", "blocks", "instance", "kept", "key", "local", "part", "raw", "read", "splat", "text", "written"];
    let expected: Vec<String> = names.iter().map(|name| format!("output.{name} value")).collect();
    check_paths(&format!("{KEYS}{outputs}"), &expected.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn outputs_that_show_no_secret_are_accepted() {
    let outputs = r#"
output "told" {
  value = acme_key.k.secret
  sensitive = true
}
output "meant" { value = nonsensitive(acme_key.k.secret) }
output "length" { value = length([acme_key.k.secret]) }
output "keys" { value = keys({ a = acme_key.k.secret }) }
output "other" { value = { a = acme_key.k.secret, b = "b" }.b }
output "converted" { value = toset([acme_key.k.secret]) }
output "first" { value = coalesce("a", acme_key.k.secret) }
output "beside" { value = acme_key.k.name }
output "size" { value = acme_key.full.inner[0].size }
output "no_block" { value = acme_key.k.inner }
output "no_blocks" { value = acme_key.k.inner[*].secret }
output "name" { value = raw("acme_key.k.name") }
"#;
    check_all(&format!("{KEYS}{outputs}"), &[]);
}

#[test]
fn secrets_in_nested_attributes_are_found_where_the_objects_are() {
    let text = r#"
resource "acme_nested" "x" { single = { must = "a", hidden = "b" } }
output "one" { value = acme_nested.x.single.hidden }
output "object" { value = acme_nested.x.single }
output "whole" { value = acme_nested.x }
output "other" { value = acme_nested.x.single.must }
"#;
    check_paths(text, &["output.object value", "output.one value", "output.whole value"]);
}

#[test]
fn ephemeral_values_go_into_write_only_arguments_alone() {
    let text = r#"
ephemeral "acme_token" "t" {}
locals { token = ephemeral.acme_token.t.token }
variable "once" {
  type = string
  ephemeral = true
}
resource "acme_key" "fine" {
  name = "a"
  secret_wo = local.token
}
resource "acme_key" "bad" {
  name = "a ${local.token}"
  secret = upper(var.once)
  inner {
    size = 1
    secret = ephemeral.acme_token.t.token
  }
}
resource "acme_nested" "bad" { single = { must = var.once } }
"#;
    check_paths(text, &["acme_key.bad name", "acme_key.bad secret", "acme_key.bad inner.secret", "acme_nested.bad single.must"]);
}

#[test]
fn write_only_arguments_need_terraform_1_11() {
    let version = |argument: &str| {
        let (graph, said) = checked(&format!("{REQUIRED}resource \"acme_key\" \"x\" {{\n  name = \"a\"\n  {argument}\n}}"));
        assert_eq!(said, [""; 0]);
        graph.node("terraform").unwrap().body.argument("required_version").map(|version| version.as_text().unwrap().to_owned())
    };
    assert_eq!(version("secret_wo = \"s\"").as_deref(), Some(">= 1.11"));
    assert_eq!(version("secret_wo = null"), None);
    assert_eq!(version("secret = \"s\""), None);
    let low = r#"terraform { required_version = ">= 1.5" }
resource "acme_key" "x" {
  name = "a"
  secret_wo = "s"
}
"#;
    check_paths(low, &["terraform "]);
}

#[test]
fn what_a_provider_advises_against_is_a_warning() {
    let text = r#"
resource "acme_past" "x" { a = "a" }
resource "acme_key" "x" {
  name = "a"
  old = "b"
  past { a = "a" }
}
output "o" { value = acme_key.x.old }
"#;
    check_all(
        text,
        &[
            "not an error: acme_key.x old: The provider advises against \"old\"; its documentation says what to use instead.",
            "not an error: acme_key.x past: The provider advises against \"past\"; its documentation says what to use instead.",
            "not an error: acme_past.x : The provider advises against `acme_past`; its documentation says what to use instead.",
            "not an error: output.o value: The attribute \"old\" of `acme_key.x` is deprecated: the provider's documentation says what to use.",
        ],
    );
}

#[test]
fn a_provider_that_is_not_required_is_hashicorps() {
    let (_, said) = checked("resource \"other_thing\" \"x\" { a = \"a\" }\nresource \"other_thing\" \"y\" { a = \"a\" }");
    assert_eq!(
        said,
        [
            "not an error: other_thing.x : `required_providers` does not name `other`: Terraform takes the newest version of hashicorp/other that there is. Add `other` to `required_providers`, with its source and version."
        ]
    );
    let (_, said) = checked("resource \"acme_key\" \"x\" { name = \"a\" }");
    assert!(
        said[0].starts_with(
            "acme_key.x : `acme_key` is of the provider acme/acme, which this stack's `required_providers` does not name"
        ),
        "{said:?}"
    );
}

#[test]
fn functions_of_providers_are_looked_up() {
    check_all(
        r#"
output "fine" { value = provider::acme::join(",", "a", "b") }
output "expanded" { value = provider::acme::join([","]...) }
output "unknown" { value = [provider::acme::joi(",")] }
output "few" { value = provider::acme::join() }
output "many" { value = provider::acme::one("a", "b") }
resource "acme_key" "x" {
  name = "a"
  flag = provider::acme::one("a")
}
"#,
        &[
            "acme_key.x flag: Inappropriate value for attribute \"flag\": bool required.",
            "output.few value: `provider::acme::join` takes at least 1, not 0.",
            "output.many value: `provider::acme::one` takes 1, not 2.",
            "output.unknown value: The provider acme/acme has no function `joi`. Did you mean `join`?",
        ],
    );
}

#[test]
fn dynamic_blocks_are_looked_into() {
    check_all(
        r#"
resource "acme_key" "x" {
  name = "a"
  dynamic "inner" {
    for_each = var.sizes
    content {
      size = inner.value
      siz = 1
      dynamic "deep" {
        for_each = [1]
        iterator = it
        content { must = it.value.any.thing }
      }
    }
  }
  dynamic "iner" {
    for_each = []
    content {}
  }
  dynamic "rules" {
    for_each = var.sizes
    content {
      from = rules.value
      fro  = 1
    }
  }
  dynamic "maps" {
    for_each = []
    content {}
  }
}
resource "acme_key" "counted" {
  name = "a"
  dynamic "inner" {
    for_each = local.three
    content { size = 1 }
  }
  dynamic "by_key" {
    for_each = []
    content { misspelt = 1 }
  }
}
locals { three = [1, 2, 3] }
variable "sizes" { type = list(number) }
"#,
        &[
            "acme_key.counted inner: No more than 2 \"inner\" blocks are allowed.",
            "acme_key.x inner.siz: An argument named \"siz\" is not expected here. Did you mean `size`?",
            "acme_key.x iner: Blocks of type \"iner\" are not expected here. Did you mean `inner`?",
            "acme_key.x rules.fro: An argument named \"fro\" is not expected here. Did you mean `from`?",
            "acme_key.x maps: Blocks of type \"maps\" are not expected here. `maps` is an argument: give it a `for` expression.",
        ],
    );
}

#[test]
fn attributes_that_look_like_blocks_may_be_said_as_blocks() {
    let text = r#"
resource "acme_key" "x" {
  name = "a"
  rules { from = 1 }
  rules {
    from = 2
    to = 3
  }
}
"#;
    let (graph, said) = checked(&format!("{REQUIRED}{text}"));
    assert_eq!(said, [""; 0]);
    let rules = graph.node("acme_key.x").unwrap().body.argument("rules").unwrap();
    assert_eq!(crate::model::hcl::expression_text(rules), "[{ from = 1, to = null }, { from = 2, to = 3 }]");
    let text = r#"
resource "acme_key" "x" {
  name = "a"
  any {
    kind = "b"
    deep {
      c = 1
    }
  }
  maps { a = "b" }
  maps { c = "d" }
}
"#;
    let (graph, said) = checked(&format!("{REQUIRED}{text}"));
    assert_eq!(said, [""; 0]);
    let body = &graph.node("acme_key.x").unwrap().body;
    let written = |name| crate::model::hcl::expression_text(body.argument(name).unwrap());
    assert_eq!(written("any"), "{ kind = \"b\", deep = { c = 1 } }");
    assert_eq!(written("maps"), "[{ a = \"b\" }, { c = \"d\" }]");
    let text = r#"
check "c" {
  data "acme_key" "d" {
    id = "d"
    filters { name = "a" }
  }
  assert {
    condition     = length(data.acme_key.d.parts) > 0
    error_message = "none"
  }
}
"#;
    let (graph, said) = checked(&format!("{REQUIRED}{text}"));
    assert_eq!(said, [""; 0]);
    let data = graph.node("check.c").unwrap().body.blocks_named("data").next().unwrap();
    let filters = data.body.argument("filters").unwrap();
    assert_eq!(crate::model::hcl::expression_text(filters), "[{ name = \"a\", value = null }]");
    let misspelt = "resource \"acme_key\" \"x\" {\n  name = \"a\"\n  rules {\n  fro = 1\n  to = 2\n  }\n}";
    check_all(
        misspelt,
        &[
            "acme_key.x rules: Inappropriate value for attribute \"rules\": element 0: attribute \"from\" is required. There is no attribute \"fro\": did you mean \"from\"?",
        ],
    );
    let text = "resource \"acme_key\" \"x\" {\n  name = \"a\"\n  tags {\n  a = \"b\"\n  }\n}";
    check_all(
        text,
        &["acme_key.x tags: Blocks of type \"tags\" are not expected here. `tags` is an argument, of the type map of string."],
    );
}

#[test]
fn attributes_of_attributes_are_looked_at() {
    check_all(
        r#"
resource "acme_nested" "fine" {
  single = { must = "a" }
  list = [{ must = "a" }]
  map = { a = { must = "b", deep = { flag = true } } }
}
resource "acme_nested" "unknown" { single = { must = "a", my = 1 } }
resource "acme_nested" "missing" { single = { may = 1 } }
resource "acme_nested" "nothing" { single = { must = null } }
resource "acme_nested" "computed" { single = { must = "a", told = "b" } }
resource "acme_nested" "deep" {
  single = { must = "a" }
  list = [{ must = "a" }, { must = "a", told = "b" }]
  map = { a = { must = "b", deep = { flag = "yes" } } }
}
"#,
        &[
            "acme_nested.computed single.told: Can't configure a value for \"told\": its value will be decided automatically based on the result of applying this configuration. Leave it out; it can be read.",
            "acme_nested.deep list[1].told: Can't configure a value for \"told\": its value will be decided automatically based on the result of applying this configuration. Leave it out; it can be read.",
            "acme_nested.deep map: Inappropriate value for attribute \"map\": element \"a\": attribute \"deep\": attribute \"flag\": a bool is required.",
            "acme_nested.missing single: Inappropriate value for attribute \"single\": attribute \"must\" is required.",
            "acme_nested.nothing single.must: The argument \"must\" is required, but no definition was found.",
            "not an error: acme_nested.unknown single: The object has no attribute \"my\": Terraform drops it without a word. Did you mean `may`?",
        ],
    );
}

#[test]
fn reads_go_through_blocks_as_their_nesting_says() {
    let fine = r#"
output "list" { value = acme_key.full.inner[0].size }
output "lists" { value = acme_key.full.inner[*].size }
output "map" { value = acme_key.full.by_key["a"].value }
output "name" { value = acme_key.full.by_key.a.value }
output "single" { value = acme_key.full.only.must }
output "set" { value = acme_key.full.inner[0].deep }
output "tags" { value = acme_key.full.tags.anything }
output "subnet" { value = acme_key.full.subnets[0] }
output "data" { value = data.acme_key.d.parts[0].name }
data "acme_key" "d" { id = "a" }
"#;
    check_all(&format!("{KEYS}{fine}"), &[]);
    let faulty = r#"
output "list" { value = acme_key.full.inner.size }
output "lists" { value = acme_key.full.inner[*].siz }
output "map" { value = acme_key.full.by_key.a.valu }
output "single" { value = acme_key.full.only.mus }
output "set" { value = acme_key.full.inner[0].deep[0] }
output "groups" { value = acme_key.full.groups[0] }
output "subnet" { value = acme_key.full.subnets.first }
output "text" { value = acme_key.full.arn.id }
output "data" { value = data.acme_key.d.parts[0].nam }
data "acme_key" "d" { id = "a" }
"#;
    check_all(
        &format!("{KEYS}{faulty}"),
        &[
            "output.data value: This object does not have an attribute named \"nam\". Did you mean `name`?",
            "output.groups value: Elements of a set are identified only by their value and don't have any separate index or key to select with, so it's only possible to perform operations across all elements of the set.",
            "output.list value: Block type \"inner\" is represented by a list of objects, so it must be indexed using a numeric key, like .inner[0].",
            "output.lists value: This object does not have an attribute named \"siz\". Did you mean `size`?",
            "output.map value: This object has no argument, nested block, or exported attribute named \"valu\". Did you mean `value`?",
            "output.set value: Block type \"deep\" is represented by a set of objects, and set elements do not have addressable keys. To find elements matching specific criteria, use a \"for\" expression with an \"if\" clause.",
            "output.single value: This object has no argument, nested block, or exported attribute named \"mus\". Did you mean `must`?",
            "output.subnet value: Can't access attributes on a list of string: an index, a splat or a `for` says of which elements.",
            "output.text value: Can't access attributes on a primitive-typed value (string).",
        ],
    );
}

#[test]
fn reads_of_instances_go_through_their_key() {
    let text = r#"
output "fine" { value = [acme_key.many[0].arn, raw("acme_key.each[\"a\"].arn"), acme_key.many[*].arn, acme_key.many[1 - 1].arn] }
output "many" { value = acme_key.many[0].arm }
output "each" { value = raw("acme_key.each[\"a\"].arm") }
output "splat" { value = acme_key.many[*].arm }
resource "acme_key" "taker" {
  name = acme_key.many
  tags = acme_key.many[*].arn
  groups = acme_key.many[*].arn
}
"#;
    check_paths(
        &format!("{KEYS}{text}"),
        &["acme_key.taker name", "acme_key.taker tags", "output.each value", "output.many value", "output.splat value"],
    );
}

#[test]
fn self_is_the_resource_itself_in_provisioners_and_postconditions() {
    check_paths(
        r#"
resource "acme_key" "x" {
  name = "a"
  lifecycle {
    postcondition {
      condition = self.arm != ""
      error_message = "no ${self.arn}"
    }
  }
  provisioner "local-exec" { command = "echo ${self.inner.size}" }
}
"#,
        &["acme_key.x lifecycle.postcondition.condition", "acme_key.x provisioner.command"],
    );
}

#[test]
fn reads_in_raw_expressions_are_looked_at() {
    let text = r#"
output "fine" { value = raw("upper(acme_key.k.arn)") }
output "shadow" { value = raw("[for acme_key in [{ k = { arm = 1 } }] : acme_key.k.arm]") }
output "call" { value = raw("upper(acme_key.k.arm)") }
output "key" { value = raw("acme_key.full.inner[0].siz") }
resource "acme_key" "taker" {
  name = "a"
  size = raw("acme_key.k.tags")
}
"#;
    check_paths(&format!("{KEYS}{text}"), &["acme_key.taker size", "output.call value", "output.key value"]);
}

#[test]
fn types_are_told_as_far_as_they_are_sure() {
    let text = r#"
variable "flag" { type = bool }
variable "thing" { type = object({ a = string, b = optional(list(bool)) }) }
resource "acme_key" "fine" {
  name = var.flag ? "a" : 1
  size = var.flag ? null : "12"
  tags = merge({ a = "b" }, var.thing)
  groups = var.flag ? [] : ["a"]
  flag = one([acme_key.k.name])
  secret = coalesce(acme_key.k.name, 1)
}
resource "acme_key" "bad" {
  name = var.flag ? null : var.thing
  size = var.flag ? [] : ["a"]
  tags = merge({ a = ["b"] }, { b = "c" })
  subnets = merge({ a = "b" }, var.thing)
  flag = one([acme_key.k.tags])
  secret = coalesce(acme_key.k.tags, { a = "b" })
}
"#;
    check_paths(
        &format!("{KEYS}{text}"),
        &[
            "acme_key.bad flag",
            "acme_key.bad name",
            "acme_key.bad secret",
            "acme_key.bad size",
            "acme_key.bad subnets",
            "acme_key.bad tags",
        ],
    );
}

#[test]
fn a_null_among_objects_is_an_empty_block() {
    check_all(
        "resource \"acme_key\" \"x\" {\n  name = \"a\"\n  inner = [null, { size = 1 }]\n}",
        &["acme_key.x inner[0].size: The argument \"size\" is required, but no definition was found."],
    );
}

#[test]
fn blocks_with_keys_have_them_once() {
    let text = r#"
resource "acme_key" "x" {
  name = "a"
  by_key "a" { value = "a" }
  by_key "b" { value = "b" }
  by_key "a" { value = "c" }
}
resource "acme_key" "none" {
  name = "a"
  by_key { value = "a" }
  past "a" {}
}
resource "acme_key" "dynamic" {
  name = "a"
  dynamic "by_key" {
    for_each = ["a"]
    content {}
  }
}
resource "acme_key" "fine" {
  name = "a"
  dynamic "by_key" {
    for_each = ["a"]
    iterator = it
    labels = [it.value]
    content {}
  }
}
"#;
    let (_, said) = checked(&format!("{REQUIRED}{text}"));
    let errors: Vec<&String> = said.iter().filter(|said| !said.starts_with("not an error")).collect();
    assert_eq!(
        errors,
        [
            "acme_key.dynamic by_key: The argument \"labels\" is required, but no definition was found. It gives each block its key.",
            "acme_key.none by_key: A block of type \"by_key\" has one label, its key.",
            "acme_key.none past: A block of type \"past\" has no label.",
            "acme_key.x by_key: A block for map \"a\" was already defined. The map labels must be unique.",
        ]
    );
}
