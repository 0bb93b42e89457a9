//! The availability zones: a public and a private subnet in each, and which routes they follow.

use crate::vpc::Vpc;
use tapwasm_guest::{Body, Expr, Handle, Lifecycle, List, Stack, Str, cidrsubnet, element, json, length, tf};

/// What the network has in one availability zone.
#[derive(Clone, Copy)]
pub(crate) struct Zone {
    pub(crate) letter: &'static str,
    pub(crate) public: Handle,
    pub(crate) private: Handle,
    pub(crate) private_routes: Handle,
}

/// Our names of the zones: `a` is the first one that AWS lists, whatever AWS calls it.
const LETTERS: [&str; 3] = ["a", "b", "c"];

/// A subnet is a sixteenth of the VPC. Public ones are 0 to 2, private ones 4 to 6: a fourth zone finds room beside each, and one prefix
/// covers each kind.
const NEW_BITS: u8 = 4;
const FIRST_PRIVATE: usize = 4;

pub(crate) fn declare(stack: Stack, prefix: &str, vpc: Vpc) -> [Zone; 3] {
    let available = stack
        .data("aws_availability_zones", "available")
        .set("state", "available")
        // Local and wavelength zones are opted into; they have neither NAT gateways nor all that payments need.
        .block("filter", Body::new().set("name", "opt-in-status").set("values", ["opt-in-not-required"]))
        .declare();
    let names: Expr<List<Str>> = available.attr("names");
    // A check, which warns, not a condition, which stops: while AWS has a zone out of service, plans are needed most. For the same reason
    // `element`, which starts over at the end, not an index, which fails there.
    let fewer = tf!("{} has fewer than three availability zones now: new subnets share them.", available.get("region"));
    stack.check("three_zones").assert(length(&names).ge(3), fewer).declare();

    std::array::from_fn(|index| declare_zone(stack, prefix, vpc, index, &element(&names, index)))
}

fn declare_zone(stack: Stack, prefix: &str, vpc: Vpc, index: usize, name: &Expr<Str>) -> Zone {
    let letter = LETTERS[index];
    let subnet = |kind: &str, number: usize| {
        stack
            .resource("aws_subnet", format!("{kind}_{letter}"))
            .set("vpc_id", vpc.main.get("id"))
            .set("availability_zone", name)
            .set("cidr_block", cidrsubnet(vpc.main.get("cidr_block"), NEW_BITS, number))
            // What needs a public address (load balancers, NAT) gets one of its own.
            .set("map_public_ip_on_launch", false)
            .set("tags", json!({ "Name": format!("{prefix}-{kind}-{letter}"), "Tier": kind }))
            // When AWS opens or closes a zone, the list shifts; a subnet that stands must not follow, it would be replaced with all in it.
            .lifecycle(Lifecycle::new().ignore_changes(["availability_zone"]))
            .declare()
    };
    let associate = |kind: &str, subnet: Handle, routes: Handle| {
        stack
            .resource("aws_route_table_association", format!("{kind}_{letter}"))
            .set("subnet_id", subnet.get("id"))
            .set("route_table_id", routes.get("id"))
            .declare()
    };
    let public = subnet("public", index);
    let private = subnet("private", FIRST_PRIVATE + index);
    let private_routes = stack
        .resource("aws_route_table", format!("private_{letter}"))
        .set("vpc_id", vpc.main.get("id"))
        .set("tags", json!({ "Name": format!("{prefix}-private-{letter}") }))
        .declare();
    associate("public", public, vpc.public_routes);
    associate("private", private, private_routes);
    Zone { letter, public, private, private_routes }
}
