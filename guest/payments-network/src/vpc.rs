//! The VPC, its way to the internet, and the security group that comes with it.

use tapwasm_guest::{Handle, Stack, json};

/// The VPC and what hangs on it alone.
#[derive(Clone, Copy)]
pub(crate) struct Vpc {
    pub(crate) main: Handle,
    pub(crate) internet_gateway: Handle,
    /// The routes of the public subnets of all zones: the internet gateway is in none of them.
    pub(crate) public_routes: Handle,
}

pub(crate) fn declare(stack: Stack, prefix: &str, cidr: &str) -> Vpc {
    let main = stack
        .resource("aws_vpc", "main")
        .set("cidr_block", cidr)
        .set("enable_dns_support", true)
        .set("enable_dns_hostnames", true)
        .set("tags", json!({ "Name": prefix }))
        // Everything stands in it: renamed by mistake, all of it would be replaced.
        .protect()
        .declare();

    // AWS makes it with every VPC, its members may talk to each other and to all, and what names no group gets it. Empty lists, not absent
    // ones: then rules that somebody adds by hand are seen and removed.
    stack
        .resource("aws_default_security_group", "unused")
        .set("vpc_id", main.get("id"))
        .set("ingress", json!([]))
        .set("egress", json!([]))
        .set("tags", json!({ "Name": format!("{prefix}-unused") }))
        .declare();

    let internet_gateway = stack
        .resource("aws_internet_gateway", "main")
        .set("vpc_id", main.get("id"))
        .set("tags", json!({ "Name": prefix }))
        .declare();
    let public_routes = stack
        .resource("aws_route_table", "public")
        .set("vpc_id", main.get("id"))
        .set("tags", json!({ "Name": format!("{prefix}-public") }))
        .declare();
    stack
        .resource("aws_route", "public_internet")
        .set("route_table_id", public_routes.get("id"))
        .set("destination_cidr_block", "0.0.0.0/0")
        .set("gateway_id", internet_gateway.get("id"))
        .declare();
    Vpc { main, internet_gateway, public_routes }
}
