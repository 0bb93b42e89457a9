use super::*;

#[track_caller]
fn refused(text: &str, expected: &str) {
    let error = read(text).expect_err(text).to_string();
    assert_eq!(error, expected, "{text}");
}

#[test]
fn what_is_no_configuration_is_refused() {
    refused("{", "line 1, column 2: expected a key in quotes");
    refused(r#"{"resources": {}}"#, "`resources` is nothing that Terraform knows at the top of a configuration");
    refused("[1]", "`the file` has to be an object");
    refused(r#"{"resource": {"aws_x": {"y": 1}}}"#, "`aws_x.y` has to be an object");
    refused(r#"{"resource": {"aws_x": {"y": [{}, {}]}}}"#, "`aws_x.y` is declared twice");
    refused(r#"{"resource": {"aws_x": {"y": {}}}, "resource": {"aws_x": {"y": {}}}}"#, "`aws_x.y` is declared twice");
    refused(r#"{"resource": {"aws_x": {"y": {"a": 1, "a": 2}}}}"#, "line 1, column 39: the key \"a\" stands twice");
    refused(r#"[{"locals": {"a": 1}}, {"locals": {"a": 1}}]"#, "`local.a` is declared twice");
    refused(
        r#"[{"terraform": {"required_version": "1"}}, {"terraform": {"required_version": "1"}}]"#,
        "`required_version` stands twice in `terraform`",
    );
}

#[test]
fn what_terraform_merges_is_merged() {
    let one = read(r#"{"locals": {"a": 1, "b": 2}, "terraform": {"required_version": "1", "required_providers": {"aws": "1"}}}"#);
    let two = read(
        r#"[{"locals": [{"a": 1}], "terraform": [{"required_version": "1"}]}, {"locals": {"b": 2}, "terraform": {"required_providers": [{"aws": {"version": "1"}}]}}]"#,
    );
    assert_eq!(one.unwrap().blocks, two.unwrap().blocks);
}

#[test]
fn what_is_literal_is_no_template() {
    let configuration = read(r#"{"variable": {"a": {"default": "${x}", "description": "%{if"}}}"#).unwrap();
    let content = &configuration.blocks["var.a"].content;
    assert_eq!(argument(content, "default"), Some(&Expression::text("${x}")));
    assert_eq!(argument(content, "description"), Some(&Expression::text("%{if")));
}

#[test]
fn provisioners_keep_their_order_in_both_forms() {
    let read =
        |provisioner: &str| read(&format!(r#"{{"resource": {{"a_b": {{"c": {{"provisioner": {provisioner}}}}}}}}}"#)).unwrap();
    let list = read(r#"[{"local-exec": {"command": "a"}}, {"local-exec": {"command": "b", "when": "create"}}]"#);
    assert_eq!(list, read(r#"{"local-exec": [{"command": "a"}, {"when": "create", "command": "b"}]}"#));
    assert_ne!(list, read(r#"{"local-exec": [{"when": "create", "command": "b"}, {"command": "a"}]}"#));
}

#[test]
fn the_stack_is_named_by_cdktfs_comment() {
    assert_eq!(read(r#"{"//": {"metadata": {"stackName": "orders"}}}"#).unwrap().stack.as_deref(), Some("orders"));
}

#[test]
fn nesting_and_length_end_in_errors_or_go_through() {
    let deep = format!(r#"{{"locals": {{"a": {}1{}}}}}"#, "[".repeat(240), "]".repeat(240));
    assert!(read(&deep).is_ok());
    let deeper = format!(r#"{{"locals": {{"a": {}1{}}}}}"#, "[".repeat(260), "]".repeat(260));
    assert!(read(&deeper).unwrap_err().to_string().contains("levels of nesting"));
    let wide = format!(r#"{{"locals": {{"a": [{}1]}}}}"#, "\"${var.x}-\",".repeat(20_000));
    assert!(read(&wide).is_ok());
}

#[test]
fn all_that_this_crate_emits_is_read_back() {
    let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases");
    let mut n_read = 0;
    for case in std::fs::read_dir(cases).unwrap() {
        let Ok(text) = std::fs::read_to_string(case.unwrap().path().join("main.tf.json")) else { continue };
        let configuration = read(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        for (address, block) in &configuration.blocks {
            let written = hcl::expression_text(&block.content);
            assert!(!holds_raw(&block.content), "{address} was not parsed: {written}");
        }
        n_read += 1;
    }
    assert!(n_read > 10, "{n_read}");
}

fn holds_raw(value: &Expression) -> bool {
    let mut found = matches!(value, Expression::Raw(_));
    value.each_child(&mut |child| found = found || holds_raw(child));
    found
}
