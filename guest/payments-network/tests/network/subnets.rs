//! Addresses, zones and routes.

use super::dev;
use std::collections::BTreeSet;
use tapwasm_guest::testing::EvaluatedStack;

#[test]
fn each_zone_has_a_public_and_a_private_subnet() {
    let stack = dev("{}");
    for (kind, letter, zone, block) in [
        ("public", "a", 0, 0),
        ("public", "b", 1, 1),
        ("public", "c", 2, 2),
        ("private", "a", 0, 4),
        ("private", "b", 1, 5),
        ("private", "c", 2, 6),
    ] {
        let subnet = stack.resource(&format!("aws_subnet.{kind}_{letter}"));
        let shown = |name| subnet.argument(name).to_string();
        assert_eq!(shown("cidr_block"), format!("cidrsubnet(aws_vpc.main.cidr_block, 4, {block})"));
        assert_eq!(shown("availability_zone"), format!("element(data.aws_availability_zones.available.names, {zone})"));
        assert_eq!(subnet.argument("map_public_ip_on_launch"), false);
        assert_eq!(subnet.meta.block("lifecycle").argument("ignore_changes").to_string(), r#"["availability_zone"]"#);
    }
    assert_eq!(stack.resources_of("aws_subnet").count(), 6);
}

#[test]
fn zones_that_one_opts_into_are_left_out() {
    let stack = dev("{}");
    let zones = stack.data("aws_availability_zones.available");
    assert_eq!(zones.argument("state"), "available");
    assert_eq!(zones.block("filter").argument("name"), "opt-in-status");
    assert_eq!(zones.block("filter").argument("values").to_string(), r#"["opt-in-not-required"]"#);
}

#[test]
fn a_region_with_fewer_zones_is_a_warning() {
    let stack = dev("{}");
    let condition = stack.declaration("check.three_zones").block("assert").argument("condition").to_string();
    assert_eq!(condition, "(length(data.aws_availability_zones.available.names) >= 3)");
}

#[test]
fn every_subnet_follows_routes_of_its_kind() {
    let stack = dev("{}");
    for letter in ["a", "b", "c"] {
        for (kind, routes) in [("public", "public".to_owned()), ("private", format!("private_{letter}"))] {
            let association = stack.resource(&format!("aws_route_table_association.{kind}_{letter}"));
            assert_eq!(association.argument("subnet_id").to_string(), format!("aws_subnet.{kind}_{letter}.id"));
            assert_eq!(association.argument("route_table_id").to_string(), format!("aws_route_table.{routes}.id"));
        }
    }
    let route = stack.resource("aws_route.public_internet");
    assert_eq!(route.argument("route_table_id").to_string(), "aws_route_table.public.id");
    assert_eq!(route.argument("gateway_id").to_string(), "aws_internet_gateway.main.id");
}

/// Checks which gateway the private subnets of the zones a, b and c go through.
#[track_caller]
fn check_nat(nat: &str, gateways: [&str; 3]) -> EvaluatedStack {
    let stack = dev(&format!(r#"{{ "nat": "{nat}" }}"#));
    for (letter, gateway) in ["a", "b", "c"].into_iter().zip(gateways) {
        let route = stack.resource(&format!("aws_route.private_internet_{letter}"));
        assert_eq!(route.argument("route_table_id").to_string(), format!("aws_route_table.private_{letter}.id"));
        assert_eq!(route.argument("nat_gateway_id").to_string(), format!("aws_nat_gateway.{gateway}.id"));
    }
    stack
}

#[test]
fn a_single_gateway_serves_all_zones() {
    let stack = check_nat("single", ["nat_a", "nat_a", "nat_a"]);
    assert_eq!(stack.resources_of("aws_nat_gateway").count(), 1);
    assert_eq!(stack.resources_of("aws_eip").count(), 1);
}

#[test]
fn a_gateway_per_zone_serves_its_own() {
    let stack = check_nat("per_zone", ["nat_a", "nat_b", "nat_c"]);
    for letter in ["a", "b", "c"] {
        let gateway = stack.resource(&format!("aws_nat_gateway.nat_{letter}"));
        assert_eq!(gateway.argument("subnet_id").to_string(), format!("aws_subnet.public_{letter}.id"));
        assert_eq!(gateway.argument("allocation_id").to_string(), format!("aws_eip.nat_{letter}.id"));
        assert_eq!(gateway.meta.argument("depends_on").to_string(), "[aws_internet_gateway.main]");
    }
}

#[test]
fn without_nat_no_private_subnet_has_a_way_to_the_internet() {
    let stack = dev(r#"{ "nat": "none" }"#);
    let routes: Vec<&str> = stack.resources_of("aws_route").map(|route| route.address.as_str()).collect();
    assert_eq!(routes, ["aws_route.public_internet"]);
    assert_eq!(stack.resources_of("aws_nat_gateway").count() + stack.resources_of("aws_eip").count(), 0);
    assert_eq!(stack.output("nat_public_ips").argument("value").to_string(), "[]");
}

#[test]
fn more_nat_takes_nothing_away() {
    let addresses = |nat: &str| -> BTreeSet<String> {
        let stack = dev(&format!(r#"{{ "nat": "{nat}" }}"#));
        stack.addresses().into_iter().map(str::to_owned).collect()
    };
    let (none, single, per_zone) = (addresses("none"), addresses("single"), addresses("per_zone"));
    assert!(none.is_subset(&single) && single.is_subset(&per_zone));
    let more: Vec<&String> = per_zone.difference(&single).collect();
    assert_eq!(more, ["aws_eip.nat_b", "aws_eip.nat_c", "aws_nat_gateway.nat_b", "aws_nat_gateway.nat_c"]);
}

#[test]
fn s3_and_dynamodb_are_reached_by_the_private_routes() {
    let stack = dev("{}");
    for service in ["s3", "dynamodb"] {
        let endpoint = stack.resource(&format!("aws_vpc_endpoint.{service}"));
        assert_eq!(endpoint.argument("vpc_endpoint_type"), "Gateway");
        assert_eq!(
            endpoint.argument("service_name").to_string(),
            format!("data.aws_vpc_endpoint_service.{service}.service_name")
        );
        assert_eq!(
            endpoint.argument("route_table_ids").to_string(),
            "[aws_route_table.private_a.id, aws_route_table.private_b.id, aws_route_table.private_c.id]"
        );
    }
}
