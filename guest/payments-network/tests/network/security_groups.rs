//! Who may talk to whom.

use super::dev;
use tapwasm_guest::testing::EvaluatedStack;

/// Lists the rules: `edge <- 203.0.113.0/24 :443`, `edge -> service :8443`.
fn rules(stack: &EvaluatedStack) -> Vec<String> {
    let mut rules = Vec::new();
    for (kind, arrow) in [("ingress", "<-"), ("egress", "->")] {
        for rule in stack.resources_of(&format!("aws_vpc_security_group_{kind}_rule")) {
            assert_eq!(rule.argument("ip_protocol"), "tcp");
            assert_eq!(rule.argument("from_port"), rule.argument("to_port"));
            let peers: Vec<String> = ["cidr_ipv4", "referenced_security_group_id", "prefix_list_id"]
                .into_iter()
                .filter_map(|name| rule.find_argument(name))
                .map(|peer| noun(&peer.to_string()))
                .collect();
            // AWS takes exactly one.
            assert_eq!(peers.len(), 1, "{}", rule.address);
            let group = noun(&rule.argument("security_group_id").to_string());
            rules.push(format!("{group} {arrow} {} :{}", peers[0], rule.argument("to_port")));
        }
    }
    rules.sort();
    rules
}

/// Returns the name in an address, or the literal text.
fn noun(shown: &str) -> String {
    if shown.starts_with('"') { shown.trim_matches('"').to_owned() } else { shown.split('.').nth(1).unwrap_or(shown).to_owned() }
}

const ALWAYS: [&str; 6] = [
    "database <- service :5432",
    "edge -> service :8443",
    "service -> database :5432",
    "service -> dynamodb :443",
    "service -> s3 :443",
    "service <- edge :8443",
];

#[test]
fn nobody_comes_in_until_somebody_is_named() {
    assert_eq!(rules(&dev(r#"{ "nat": "none" }"#)), ALWAYS);
}

#[test]
fn services_get_out_where_there_is_nat() {
    for nat in ["single", "per_zone"] {
        let mut expected = Vec::from(ALWAYS);
        expected.push("service -> 0.0.0.0/0 :443");
        expected.sort_unstable();
        assert_eq!(rules(&dev(&format!(r#"{{ "nat": "{nat}" }}"#))), expected);
    }
}

#[test]
fn who_is_named_comes_in_by_https_under_that_name() {
    let stack = dev(r#"{ "nat": "none", "allowed_ingress": { "office": "203.0.113.0/24", "all_of_us": "198.51.100.0/24" } }"#);
    let mut expected = Vec::from(ALWAYS);
    expected.extend(["edge <- 198.51.100.0/24 :443", "edge <- 203.0.113.0/24 :443"]);
    expected.sort_unstable();
    assert_eq!(rules(&stack), expected);
    let office = stack.resource("aws_vpc_security_group_ingress_rule.edge_https_office");
    assert_eq!(office.argument("cidr_ipv4"), "203.0.113.0/24");
    assert_eq!(office.argument("description"), "HTTPS from office");
}

#[test]
fn ports_are_the_same_on_both_sides() {
    let stack = dev(r#"{ "nat": "none", "service_port": 9000, "database_port": 3306 }"#);
    let expected = ALWAYS.map(|rule| rule.replace("8443", "9000").replace("5432", "3306"));
    assert_eq!(rules(&stack), expected);
}

#[test]
fn rules_stand_beside_their_groups() {
    let stack = dev("{}");
    for group in stack.resources_of("aws_security_group") {
        assert_eq!(group.arguments(), ["vpc_id", "name", "description", "tags"]);
    }
    assert_eq!(stack.resources_of("aws_security_group").count(), 3);
}

#[test]
fn the_default_group_lets_nobody_through() {
    let stack = dev("{}");
    let group = stack.resource("aws_default_security_group.unused");
    assert_eq!(group.argument("vpc_id").to_string(), "aws_vpc.main.id");
    assert_eq!(group.argument("ingress").to_string(), "[]");
    assert_eq!(group.argument("egress").to_string(), "[]");
}
