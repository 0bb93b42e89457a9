//! NAT gateways: how the private subnets reach the internet, if they do.

use crate::inputs::Nat;
use crate::vpc::Vpc;
use crate::zone::Zone;
use tapwasm_guest::{Expr, Handle, Stack, Str, json};

/// Declares the gateways and the private routes to them, and returns their public addresses.
///
/// The gateway of a zone has the same address whether it is the only one or not: from `single` to `per_zone`, two come and none goes.
pub(crate) fn declare(stack: Stack, prefix: &str, nat: Nat, vpc: Vpc, zones: &[Zone]) -> Vec<Expr<Str>> {
    let count = match nat {
        Nat::None => 0,
        Nat::Single => 1,
        Nat::PerZone => zones.len(),
    };
    let gateways: Vec<Gateway> = zones.iter().take(count).map(|zone| Gateway::declare(stack, prefix, vpc, zone)).collect();
    if let Some(first) = gateways.first() {
        for (index, zone) in zones.iter().enumerate() {
            let gateway = gateways.get(index).unwrap_or(first);
            stack
                .resource("aws_route", format!("private_internet_{}", zone.letter))
                .set("route_table_id", zone.private_routes.get("id"))
                .set("destination_cidr_block", "0.0.0.0/0")
                .set("nat_gateway_id", gateway.nat.get("id"))
                .declare();
        }
    }
    gateways.iter().map(|gateway| gateway.address.attr("public_ip")).collect()
}

struct Gateway {
    nat: Handle,
    address: Handle,
}

impl Gateway {
    fn declare(stack: Stack, prefix: &str, vpc: Vpc, zone: &Zone) -> Gateway {
        let name = format!("nat_{}", zone.letter);
        let tags = json!({ "Name": format!("{prefix}-nat-{}", zone.letter) });
        // No reference says that both work only while the internet gateway is attached, and that it cannot be detached while they stand.
        let address =
            stack.resource("aws_eip", &name).set("domain", "vpc").set("tags", &tags).depends_on([vpc.internet_gateway]).declare();
        let nat = stack
            .resource("aws_nat_gateway", &name)
            .set("allocation_id", address.get("id"))
            .set("subnet_id", zone.public.get("id"))
            .set("tags", tags)
            .depends_on([vpc.internet_gateway])
            .declare();
        Gateway { nat, address }
    }
}
