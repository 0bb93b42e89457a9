//! The availability zones: a public and a private subnet in each, and which routes they follow.

use crate::vpc::Vpc;
use tapwasm_aws::data::availability_zones::Filter;
use tapwasm_aws::{RouteTable, Subnet, data, route_table, route_table_association as association, subnet};
use tapwasm_guest::{Expr, Lifecycle, Stack, Str, cidrsubnet, element, json, length, tf};

/// What the network has in one availability zone.
#[derive(Clone, Copy)]
pub(crate) struct Zone {
    pub(crate) letter: &'static str,
    pub(crate) public: Subnet,
    pub(crate) private: Subnet,
    pub(crate) private_routes: RouteTable,
}

/// Our names of the zones: `a` is the first one that AWS lists, whatever AWS calls it.
const LETTERS: [&str; 3] = ["a", "b", "c"];

/// A subnet is a sixteenth of the VPC. Public ones are 0 to 2, private ones 4 to 6: a fourth zone finds room beside each, and one prefix
/// covers each kind.
const NEW_BITS: u8 = 4;
const FIRST_PRIVATE: usize = 4;

pub(crate) fn declare(stack: Stack, prefix: &str, vpc: Vpc) -> [Zone; 3] {
    let available = data::availability_zones(stack, "available")
        .state("available")
        // Local and wavelength zones are opted into; they have neither NAT gateways nor all that payments need.
        .filter(Filter { name: "opt-in-status", values: ["opt-in-not-required"] })
        .declare();
    let names = available.names();
    // A check, which warns, not a condition, which stops: while AWS has a zone out of service, plans are needed most. For the same reason
    // `element`, which starts over at the end, not an index, which fails there.
    let fewer = tf!("{} has fewer than three availability zones now: new subnets share them.", available.region());
    stack.check("three_zones").assert(length(&names).ge(3), fewer).declare();

    std::array::from_fn(|index| declare_zone(stack, prefix, vpc, index, &element(&names, index)))
}

fn declare_zone(stack: Stack, prefix: &str, vpc: Vpc, index: usize, name: &Expr<Str>) -> Zone {
    let letter = LETTERS[index];
    let subnet = |kind: &str, number: usize| {
        subnet(stack, format!("{kind}_{letter}"), subnet::Required { vpc_id: vpc.main.id() })
            .availability_zone(name)
            .cidr_block(cidrsubnet(vpc.main.cidr_block(), NEW_BITS, number))
            // What needs a public address (load balancers, NAT) gets one of its own.
            .map_public_ip_on_launch(false)
            .tags(json!({ "Name": format!("{prefix}-{kind}-{letter}"), "Tier": kind }))
            // When AWS opens or closes a zone, the list shifts; a subnet that stands must not follow, it would be replaced with all in it.
            .lifecycle(Lifecycle::new().ignore_changes(["availability_zone"]))
            .declare()
    };
    let associate = |kind: &str, subnet: Subnet, routes: RouteTable| {
        let required = association::Required { route_table_id: routes.id() };
        association(stack, format!("{kind}_{letter}"), required).subnet_id(subnet.id()).declare()
    };
    let public = subnet("public", index);
    let private = subnet("private", FIRST_PRIVATE + index);
    let private_routes = route_table(stack, format!("private_{letter}"), route_table::Required { vpc_id: vpc.main.id() })
        .tags([("Name", format!("{prefix}-private-{letter}"))])
        .declare();
    associate("public", public, vpc.public_routes);
    associate("private", private, private_routes);
    Zone { letter, public, private, private_routes }
}
