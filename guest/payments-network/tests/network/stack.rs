//! The stack as a whole.

use super::dev;
use payments_network::build;
use serde_json::json;
use std::collections::BTreeMap;
use tapwasm_guest::testing::{BodyNode, Entry, EvaluatedStack, Node, evaluate};

#[test]
fn the_suffix_names_the_stack_and_its_state() {
    let evaluated = evaluate(build, r#"{ "environment_suffix": "prod-2" }"#);
    let settings = evaluated.stack("PaymentsNetworkprod-2").declaration("terraform");
    assert_eq!(settings.argument("required_version"), ">= 1.10");
    let backend = settings.labelled("backend", "s3");
    assert_eq!(backend.argument("key"), "prod-2/PaymentsNetworkprod-2.tfstate");
    assert_eq!(backend.argument("use_lockfile"), true);
    assert_eq!(backend.argument("encrypt"), true);
}

#[test]
fn the_state_may_lie_in_another_region() {
    let stack = dev(r#"{ "aws_region": "eu-central-1", "state_bucket": "states", "state_bucket_region": "eu-west-1" }"#);
    assert_eq!(stack.provider("aws").argument("region"), "eu-central-1");
    let backend = stack.declaration("terraform").labelled("backend", "s3").clone();
    assert_eq!((backend.argument("bucket").text(), backend.argument("region").text()), ("states", "eu-west-1"));
}

#[test]
fn tags_of_everything_name_the_environment() {
    let tags = |inputs: &str| dev(inputs).provider("aws").block("default_tags").argument("tags").json();
    assert_eq!(tags("{}"), json!({ "CostCenter": "payments", "Environment": "dev", "Team": "payments-network" }));
    for given in ["Environment", "environment"] {
        let inputs = json!({ "default_tags": { given: "production" } });
        assert_eq!(tags(&inputs.to_string()), json!({ given: "production" }));
    }
}

#[test]
fn two_environments_share_no_name() {
    // Names of real objects; `Name` is only a tag, but people go by it.
    let names = |suffix: &str| -> BTreeMap<String, String> {
        let evaluated = evaluate(build, format!(r#"{{ "environment_suffix": "{suffix}", "nat": "per_zone" }}"#).as_str());
        let stack = evaluated.stack(&format!("PaymentsNetwork{suffix}"));
        let mut names = BTreeMap::new();
        for resource in stack.of_kind("resource") {
            let tag = resource.find_argument("tags").map(|tags| tags.key("Name"));
            // A policy's name is its role's matter.
            let name = resource.find_argument("name").filter(|_| !resource.address.starts_with("aws_iam_role_policy."));
            for name in [tag, name].into_iter().flatten() {
                names.insert(format!("{} {}", resource.address, name), suffix.to_owned());
            }
        }
        names
    };
    let (dev, prod) = (names("dev"), names("prod"));
    assert_eq!(dev.len(), prod.len());
    assert!(dev.len() > 20);
    assert!(dev.keys().all(|name| !prod.contains_key(name) && name.contains("dev")));
}

#[test]
fn no_arn_assumes_the_partition() {
    let stack = dev(r#"{ "nat": "per_zone", "allowed_ingress": { "office": "203.0.113.0/24" } }"#);
    assert_eq!(texts(&stack).into_iter().find(|text| text.contains("arn:aws")), None);
    assert_eq!(texts(&stack).into_iter().filter(|text| text.contains("arn:")).count(), 5);
}

#[test]
fn others_find_the_network_by_the_outputs() {
    let stack = dev(r#"{ "nat": "per_zone" }"#);
    let outputs: Vec<&str> = stack.of_kind("output").map(|output| output.labels[0].as_str()).collect();
    assert_eq!(
        outputs,
        [
            "vpc_id",
            "vpc_cidr_block",
            "public_subnet_ids",
            "private_subnet_ids",
            "private_route_table_ids",
            "security_group_ids",
            "nat_public_ips",
            "flow_log_group_name",
        ]
    );
    let value = |name: &str| stack.output(name).argument("value").to_string();
    assert_eq!(value("vpc_id"), "aws_vpc.main.id");
    assert_eq!(value("public_subnet_ids"), "[aws_subnet.public_a.id, aws_subnet.public_b.id, aws_subnet.public_c.id]");
    assert_eq!(value("private_subnet_ids"), "[aws_subnet.private_a.id, aws_subnet.private_b.id, aws_subnet.private_c.id]");
    assert_eq!(value("nat_public_ips"), "[aws_eip.nat_a.public_ip, aws_eip.nat_b.public_ip, aws_eip.nat_c.public_ip]");
    assert_eq!(
        stack.output("security_group_ids").argument("value").json(),
        json!({
            "edge": "${aws_security_group.edge.id}",
            "service": "${aws_security_group.service.id}",
            "database": "${aws_security_group.database.id}",
        })
    );
}

#[test]
fn the_vpc_is_protected() {
    assert_eq!(dev("{}").resource("aws_vpc.main").extras["protect"], Node::Bool(true));
}

/// Every piece of literal text in the stack.
fn texts(stack: &EvaluatedStack) -> Vec<String> {
    let mut texts = Vec::new();
    for declaration in &stack.declarations {
        texts_of_body(&declaration.body, &mut texts);
        texts_of_body(&declaration.meta, &mut texts);
    }
    texts
}

fn texts_of_body(body: &BodyNode, texts: &mut Vec<String>) {
    for entry in &body.entries {
        match entry {
            Entry::Argument(_, value) => texts_of(value, texts),
            Entry::Block(_, _, body) => texts_of_body(body, texts),
        }
    }
}

fn texts_of(node: &Node, texts: &mut Vec<String>) {
    match node {
        Node::Text(text) => texts.push(text.clone()),
        Node::List(items) | Node::Form(_, items) => items.iter().for_each(|item| texts_of(item, texts)),
        Node::Object(entries) => entries.iter().flat_map(|(key, value)| [key, value]).for_each(|node| texts_of(node, texts)),
        _ => {}
    }
}
