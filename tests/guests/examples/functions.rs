//! Calls each of Terraform's functions once, with constants: an output each, under the function's name. Beside it, a stack with every other
//! kind of expression.

#![allow(missing_docs, reason = "a guest of the tests")]

use tapwasm_guest::functions::*;
use tapwasm_guest::{
    Any, Body, Bool, Expand, Expr, For, IntoExpr, List, Map, Num, Result, Stack, Str, Template, Value, conditional, json, null,
    path_module, path_root, program, provider_function, raw, terraform_workspace, tf,
};

program!(build);

/// A key that was made for this file and protects nothing.
const PRIVATE_KEY: &str = "-----BEGIN RSA PRIVATE KEY-----
MIICXgIBAAKBgQDNvejcCj2y+yJ+LnGaOsjJSdakkaK8e3nEEFOXrQRfCJUxlJwq
7aC3AvjaRDKnD/TrU/al7IVCIFchz058r7AlD2QHQagOd3bt8tbmekOVRLr2A7jJ
47yU7LXEj+rQHk9WSnNBDRMmDr8xPYM8/LZOmPIXlX/IubRKcm5r/REPdQIDAQAB
AoGBAI80EFCYEDnz8x5A1XG0WO1CJ9SESfFHQInnk0ePdetv3eiUt95pZ+P6fZvu
vBLsWF00JAl5h4dvWzZ9RPQklUT20t5Yl/JxUQIcqD2pknpqWfaWJO+6D3M7eUQ+
r5XXb90XRlIvgPAVhNoeqouls6QCgI37ez6hKXSrDiKPVlYBAkEA6nlMIW/5OZBw
zMTki8E5UinVnqsRJ2+flbhlSIEUbezmv+PJa1uZo3VJX5vcf8yqjHyM6EuVLpLG
I4CfVlSzeQJBAOChV00rijCucFJHvFT2WXN8MxIzIeOLeDJfsnj1EQr0JPkTlu/R
xTjMG5Ffu0Rv07G+F36MrjiQ09bzHE/bIN0CQQDjzDqplbblNS5R0sxT9sKwz5IJ
2BsPXEQH2qEUAswNTAaW0UAjvFeU1eMWLz/XLclYOb1QBfaGy/QSE+k5n4rJAkEA
qNt/1enh8qBenOuB/lhFe9OkTI0Vb4ibLTrU3apTSmmnFXmNX+/PkteT7Z8KFfL+
LsHXxXCZUrpEFHQiF0GBHQJAL6qYn77vOeKSJkyl3OXK6rNz1tjmzindjL+3IG2p
4hhEVTun7KIcGHvxz3UFleKpFoYizpKTe40yRHsOyIpClQ==
-----END RSA PRIVATE KEY-----
";
const CIPHERTEXT: &str = "rPiBTyjRDXqio7LJ8F2KV1DABV53Zeo9mQFPDhClChXjPDwRZicaD79SL7PeVyYShoT+/pgEAw9WKtsu/bJ/fBiheZtpk8hTrZoUDsWmU7VjN2Ce5DUy/jiJIxn8BLlzA/OM6F5LZ8v7o88m2NrHXmpDjtJN1tJ8NXvcpYP6vGQ=";

#[derive(tapwasm_guest::Inputs)]
pub struct NoInputs {}

pub fn build(_: NoInputs) -> Result {
    let stack = Stack::new("functions");
    show_numbers(stack);
    show_strings(stack);
    show_collections(stack);
    show_lists(stack);
    show_sets_and_networks(stack);
    show_encoding(stack);
    show_files(stack);
    show_hashes_and_dates(stack);
    show_types(stack);
    show_expressions(Stack::new("expressions"));
    Ok(())
}

fn show(stack: Stack, function: &str, value: impl IntoExpr<Any>) {
    stack.output(function).set("value", value).declare();
}

fn show_numbers(stack: Stack) {
    show(stack, "abs", abs(-3));
    show(stack, "ceil", ceil(1.2));
    show(stack, "floor", floor(1.8));
    show(stack, "log", log(8, 2));
    show(stack, "max", max((1, 3, 2.5)));
    show(stack, "min", min([4, 2, 3]));
    show(stack, "parseint", parseint("ff", 16));
    show(stack, "pow", pow(2, 10));
    show(stack, "range", range((1, 7, 2)));
    show(stack, "signum", signum(-9));
    show(stack, "sum", sum(vec![1, 2, 3]));
}

fn show_strings(stack: Stack) {
    show(stack, "chomp", chomp("line\n"));
    show(stack, "endswith", endswith("main.tf", ".tf"));
    show(stack, "format", format("%s-%03d ${x}", ("a \"b\"", 7)));
    show(stack, "formatlist", formatlist("%s-%s", (["a", "b"], "x")));
    show(stack, "indent", indent(2, "a\nb"));
    show(stack, "join", join_all(", ", (["a", "b"], ["c"])));
    show(stack, "lower", lower("ABC"));
    show(stack, "regex", regex::<Str>("[a-z]+", "12abc3"));
    show(stack, "regexall", regexall::<Str>("[a-z]+", "1a2bc"));
    show(stack, "replace", replace("a-b-c", "/-(b)-/", "+$1+"));
    show(stack, "split", split(",", "a,b"));
    show(stack, "startswith", startswith("main.tf", "main"));
    show(stack, "strcontains", strcontains("abc", "z"));
    show(stack, "strrev", strrev("abc"));
    show(stack, "substr", substr("hello", 1, 3));
    let template = stack.local("template").set("value", "Hello, ${name}!").declare();
    show(stack, "templatestring", templatestring(template, json!({ "name": "you" })));
    show(stack, "title", title("hello world"));
    show(stack, "trim", trim("?!hi!?", "!?"));
    show(stack, "trimprefix", trimprefix("v1.2", "v"));
    show(stack, "trimspace", trimspace("  x\n"));
    show(stack, "trimsuffix", trimsuffix("a.tf", ".tf"));
    show(stack, "upper", upper("abc"));
}

fn show_collections(stack: Stack) {
    show(stack, "alltrue", alltrue([true, false]));
    show(stack, "anytrue", anytrue([true, false]));
    show(stack, "contains", contains::<Str>(["a", "b"], "b"));
    show(stack, "keys", keys(json!({ "b": 1, "a": 2 })));
    show(stack, "length", length(["a", "b", "c"]));
    show(stack, "lookup", lookup::<Num>(json!({ "a": 1 }), "b", 5));
    show(stack, "merge", merge((json!({ "a": 1, "b": 2 }), json!({ "b": 3 }))));
    show(stack, "transpose", transpose(json!({ "a": ["x", "y"], "b": ["y"] })));
    show(stack, "values", values::<Num>(json!({ "b": 1, "a": 2 })));
    show(stack, "zipmap", zipmap::<Num>(["a", "b"], [1, 2]));
}

fn show_lists(stack: Stack) {
    show(stack, "chunklist", chunklist::<Num>([1, 2, 3], 2));
    show(stack, "coalesce", coalesce::<Str>(("", "b")));
    show(stack, "coalescelist", coalescelist::<Str>((Vec::<String>::new(), ["x"])));
    show(stack, "compact", compact(["a", "", "b"]));
    show(stack, "concat", concat::<Num>(([1, 2], [3])));
    show(stack, "distinct", distinct::<Num>([1, 2, 1]));
    show(stack, "element", element::<Str>(["a", "b", "c"], 4));
    show(stack, "flatten", flatten::<Num>([vec![1, 2], vec![], vec![3]]));
    show(stack, "index", index::<Str>(["a", "b"], "b"));
    show(stack, "matchkeys", matchkeys::<Num, Str>([1, 2, 3], ["a", "b", "a"], ["a"]));
    show(stack, "one", one::<Str>(["only"]));
    show(stack, "reverse", reverse::<Num>([1, 2, 3]));
    show(stack, "slice", slice::<Num>([1, 2, 3, 4], 1, 3));
    show(stack, "sort", sort(["b", "a"]));
}

fn show_sets_and_networks(stack: Stack) {
    show(stack, "setintersection", setintersection::<Num>([1, 2, 3], ([2, 3], [3, 4])));
    show(stack, "setproduct", setproduct::<Str>((["a", "b"], ["x"])));
    show(stack, "setsubtract", setsubtract::<Num>([1, 2, 3], [2]));
    show(stack, "setunion", setunion::<Num>([1], [[2], [3]]));
    show(stack, "cidrhost", cidrhost("10.0.0.0/8", 5));
    show(stack, "cidrnetmask", cidrnetmask("172.16.0.0/12"));
    show(stack, "cidrsubnet", cidrsubnet("10.0.0.0/16", 8, 2));
    show(stack, "cidrsubnets", cidrsubnets("10.0.0.0/16", [4, 4, 8]));
}

fn show_encoding(stack: Stack) {
    show(stack, "base64decode", base64decode("aGk="));
    show(stack, "base64encode", base64encode("hi"));
    show(stack, "base64gzip", base64gzip("hi"));
    show(stack, "csvdecode", csvdecode("a,b\n1,2\n"));
    show(stack, "jsondecode", jsondecode(r#"{"a":[1,null]}"#));
    show(stack, "jsonencode", jsonencode(json!({ "a": "<\"${b}\">" })));
    show(stack, "textdecodebase64", textdecodebase64("aABpAA==", "UTF-16LE"));
    show(stack, "textencodebase64", textencodebase64("hi", "UTF-16LE"));
    show(stack, "urlencode", urlencode("a b&c"));
    show(stack, "yamldecode", yamldecode("a: [1, x]"));
    show(stack, "yamlencode", yamlencode(json!({ "a": 1 })));
}

fn show_files(stack: Stack) {
    let page = stack.asset("page.txt", "Hello, ${name}!");
    let path: Expr<Str> = tf!("{}/{}", path_module(), page.path);
    show(stack, "abspath", abspath(path_module()));
    show(stack, "basename", basename("a/b.txt"));
    show(stack, "dirname", dirname("a/b.txt"));
    show(stack, "file", file(&path));
    show(stack, "filebase64", filebase64(&path));
    show(stack, "fileexists", fileexists(&path));
    show(stack, "fileset", fileset(path_module(), "assets/page-*.txt"));
    show(stack, "pathexpand", pathexpand("~/x"));
    show(stack, "templatefile", templatefile(&path, json!({ "name": "\"you\"" })));
    show(stack, "filebase64sha256", filebase64sha256(&path));
    show(stack, "filebase64sha512", filebase64sha512(&path));
    show(stack, "filemd5", filemd5(&path));
    show(stack, "filesha1", filesha1(&path));
    show(stack, "filesha256", filesha256(&path));
    show(stack, "filesha512", filesha512(&path));
}

fn show_hashes_and_dates(stack: Stack) {
    show(stack, "base64sha256", base64sha256("hi"));
    show(stack, "base64sha512", base64sha512("hi"));
    show(stack, "bcrypt", bcrypt_at("hi", 4));
    show(stack, "md5", md5("hi"));
    show(stack, "rsadecrypt", rsadecrypt(CIPHERTEXT, PRIVATE_KEY));
    show(stack, "sha1", sha1("hi"));
    show(stack, "sha256", sha256("hi"));
    show(stack, "sha512", sha512("hi"));
    show(stack, "uuid", uuid());
    show(stack, "uuidv5", uuidv5("dns", "www.example.com"));
    show(stack, "formatdate", formatdate("DD MMM YYYY", "2020-01-02T03:04:05Z"));
    show(stack, "plantimestamp", plantimestamp());
    show(stack, "timeadd", timeadd("2020-01-02T03:04:05Z", "1h"));
    show(stack, "timecmp", timecmp("2020-01-02T03:04:05Z", "2020-01-02T03:04:06Z"));
    show(stack, "timestamp", timestamp());
}

fn show_types(stack: Stack) {
    show(stack, "can", can(jsondecode("{")));
    show(stack, "ephemeralasnull", ephemeralasnull::<Str>("plain"));
    let secret = sensitive::<Str>("secret");
    show(stack, "issensitive", issensitive(&secret));
    show(stack, "nonsensitive", nonsensitive::<Str>(&secret));
    stack.output("sensitive").set("value", secret).set("sensitive", true).declare();
    show(stack, "tobool", tobool("true"));
    show(stack, "tolist", tolist::<Str>(["a", "b"]));
    show(stack, "tomap", tomap::<Num>(json!({ "a": 1 })));
    show(stack, "tonumber", tonumber("1.5"));
    show(stack, "toset", toset::<Str>(["b", "a", "b"]));
    show(stack, "tostring", tostring(1.5));
    show(stack, "try", try_((Value::of(json!({})).get("missing"), "instead")));
}

fn show_expressions(stack: Stack) {
    let sizes = stack.variable("sizes").set("type", "list(number)").set("default", [3, 1, 2]).declare().expr::<List<Num>>();
    let names = stack.variable("names").set("type", "map(string)").set("default", json!({ "a": "Ada", "b": "Bob" })).declare();
    let names = names.expr::<Map<Str>>();
    let users =
        json!([{ "name": "Ada", "tags": ["x", "y"], "of": { "age": 36 } }, { "name": "Bob", "tags": [], "of": { "age": 17 } }]);
    let users = stack.local("users").set("value", users).declare().value();
    let on = stack.variable("on").set("type", "bool").set("default", true).declare().expr::<Bool>();

    show(stack, "arithmetic", sizes.at(0).add(1).mul(sizes.at(1).sub(5)).neg().div(4).rem(3));
    show(stack, "comparison", json!([sizes.at(0).lt(3), sizes.at(0).le(3), sizes.at(0).gt(3), sizes.at(0).ge(3)]));
    show(stack, "equality", json!([names.at("a").eq("Ada"), names.eq(&names), names.at("b").ne("Bob")]));
    show(stack, "logic", on.not().or(on.and(sizes.at(0).eq(3).not())));
    show(stack, "conditional", conditional::<Str>(&on, names.at("a"), null()));
    show(stack, "conditional_null", conditional::<Str>(on.not(), names.at("a"), null()).eq(null()));
    show(stack, "for_list", For::items_of(&sizes).when(|_, size| size.gt(1)).list::<Num>(|index, size| index.mul(10).add(size)));
    show(stack, "for_map", For::entries_of(&names).map::<Str>(|key, name| (tf!("{key}-${{}}"), upper(name))));
    show(stack, "for_group", For::each(&users).grouped::<Str>(|_, user| (tostring(user.get("of.age").ge(18)), user.get("name"))));
    show(
        stack,
        "for_nested",
        For::each(&users)
            .list::<List<Str>>(|_, user| For::each(user.get("tags")).list::<Str>(|_, tag| tf!("{}.{tag}", user.get("name")))),
    );
    show(stack, "splat", users.splat::<Str>(|user| user.get("name")));
    show(stack, "splat_path", users.splat::<Num>(|user| user.get("of.age")));
    show(stack, "splat_index", users.at(0).get("tags").splat::<Str>(|tag| tag));
    show(stack, "index", users.at(length(&users).sub(1)).get("of").at("age"));
    show(stack, "template", tf!("$${{x}} {}$%{{if}}{} \"{}\"", on, sizes.at(0), names.at("a")));
    let directives = Template::new().each_entry(&names, |key, name, line| line.text(key).text("=").text(name).text(";"));
    let directives = directives.when(&on, |yes| yes.text("on \"%{").text(sizes.at(0)), |no| no.text("off"));
    show(stack, "directives", directives.finish());
    show(stack, "computed_keys", json!({ (tf!("k-{}", sizes.at(0))): { (names.at("a")): [1, null()] }, "${plain}": "%{plain}" }));
    show(stack, "expansion", max(Expand(&sizes)));
    show(stack, "nested_quotes", join("\", \"", split(",", replace(names.at("a"), "d", "\"${d},\\\""))));
    let required = Body::new().set("terraform", json!({ "source": "terraform.io/builtin/terraform" }));
    stack.settings().block("required_providers", required).declare();
    show(stack, "provider_function", provider_function("terraform", "encode_expr", ("a \"${b}\"",)));
    show(stack, "paths", json!([path_module(), path_root(), terraform_workspace()]));
    show(stack, "raw", raw(r#"{ for name in values(var.names) : lower(name) => "${name} \"quoted\" $${literal}" }"#));
}
