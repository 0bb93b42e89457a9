//! The VPC, its way to the internet, and the security group that comes with it.

use tapwasm_aws::{InternetGateway, RouteTable, default_security_group, internet_gateway, route, route_table, vpc};
use tapwasm_guest::{Stack, json};

/// The VPC and what hangs on it alone.
#[derive(Clone, Copy)]
pub(crate) struct Vpc {
    pub(crate) main: tapwasm_aws::Vpc,
    pub(crate) internet_gateway: InternetGateway,
    /// The routes of the public subnets of all zones: the internet gateway is in none of them.
    pub(crate) public_routes: RouteTable,
}

pub(crate) fn declare(stack: Stack, prefix: &str, cidr: &str) -> Vpc {
    let main = vpc(stack, "main")
        .cidr_block(cidr)
        .enable_dns_support(true)
        .enable_dns_hostnames(true)
        .tags([("Name", prefix)])
        // Everything stands in it: renamed by mistake, all of it would be replaced.
        .protect()
        .declare();

    // AWS makes it with every VPC, its members may talk to each other and to all, and what names no group gets it. Empty lists, not absent
    // ones: then rules that somebody adds by hand are seen and removed.
    default_security_group(stack, "unused")
        .vpc_id(main.id())
        .ingress(json!([]))
        .egress(json!([]))
        .tags([("Name", format!("{prefix}-unused"))])
        .declare();

    let internet_gateway = internet_gateway(stack, "main").vpc_id(main.id()).tags([("Name", prefix)]).declare();
    let public_routes = route_table(stack, "public", route_table::Required { vpc_id: main.id() })
        .tags([("Name", format!("{prefix}-public"))])
        .declare();
    route(stack, "public_internet", route::Required { route_table_id: public_routes.id() })
        .destination_cidr_block("0.0.0.0/0")
        .gateway_id(internet_gateway.id())
        .declare();
    Vpc { main, internet_gateway, public_routes }
}
