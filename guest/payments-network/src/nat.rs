//! NAT gateways: how the private subnets reach the internet, if they do.

use crate::inputs::Nat;
use crate::vpc::Vpc;
use crate::zone::Zone;
use tapwasm_aws::{Eip, NatGateway, eip, nat_gateway, route};
use tapwasm_guest::{Expr, Stack, Str};

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
            let required = route::Required { route_table_id: zone.private_routes.id() };
            route(stack, format!("private_internet_{}", zone.letter), required)
                .destination_cidr_block("0.0.0.0/0")
                .nat_gateway_id(gateway.nat.id())
                .declare();
        }
    }
    gateways.iter().map(|gateway| gateway.address.public_ip()).collect()
}

struct Gateway {
    nat: NatGateway,
    address: Eip,
}

impl Gateway {
    fn declare(stack: Stack, prefix: &str, vpc: Vpc, zone: &Zone) -> Gateway {
        let name = format!("nat_{}", zone.letter);
        let tags = [("Name", format!("{prefix}-nat-{}", zone.letter))];
        // No reference says that both work only while the internet gateway is attached, and that it cannot be detached while they stand.
        let address = eip(stack, &name).domain("vpc").tags(&tags).depends_on([vpc.internet_gateway]).declare();
        let nat = nat_gateway(stack, &name)
            .allocation_id(address.id())
            .subnet_id(zone.public.id())
            .tags(tags)
            .depends_on([vpc.internet_gateway])
            .declare();
        Gateway { nat, address }
    }
}
