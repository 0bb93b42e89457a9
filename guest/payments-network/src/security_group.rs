//! Security groups: the internet → edge → service → database, each by one port, and nothing else.
//!
//! Rules are resources of their own: groups that name each other would be a cycle, and rules within a group are replaced all at once.

use crate::endpoint::Endpoint;
use crate::inputs::{Nat, NetworkInputs};
use crate::vpc::Vpc;
use tapwasm_guest::{Handle, Stack, json};

/// The groups.
pub(crate) struct SecurityGroups {
    /// Of load balancers, in the public subnets.
    pub(crate) edge: Handle,
    /// Of services, in the private subnets.
    pub(crate) service: Handle,
    /// Of databases, in the private subnets.
    pub(crate) database: Handle,
}

const HTTPS: u16 = 443;

pub(crate) fn declare(stack: Stack, prefix: &str, vpc: Vpc, endpoints: &[Endpoint], inputs: &NetworkInputs) -> SecurityGroups {
    let group = |name: &str, description: &str| {
        stack
            .resource("aws_security_group", name)
            .set("vpc_id", vpc.main.get("id"))
            .set("name", format!("{prefix}-{name}"))
            .set("description", description)
            .set("tags", json!({ "Name": format!("{prefix}-{name}") }))
            .declare()
    };
    let edge = group("edge", "Load balancers of payments");
    let service = group("service", "Services of payments");
    let database = group("database", "Databases of payments");

    for (name, cidr) in &inputs.allowed_ingress {
        ingress(stack, &format!("edge_https_{name}"), edge, Peer::Block(cidr), HTTPS, &format!("HTTPS from {name}"));
    }

    let port = inputs.service_port;
    egress(stack, "edge_service", edge, Peer::Group(service), port, "To services");
    ingress(stack, "service_edge", service, Peer::Group(edge), port, "From load balancers");

    let port = inputs.database_port;
    egress(stack, "service_database", service, Peer::Group(database), port, "To databases");
    ingress(stack, "database_service", database, Peer::Group(service), port, "From services");

    for Endpoint { service: name, gateway } in endpoints {
        egress(stack, &format!("service_{name}"), service, Peer::Endpoint(*gateway), HTTPS, &format!("HTTPS to {name}"));
    }
    if inputs.nat != Nat::None {
        egress(stack, "service_internet", service, Peer::Block("0.0.0.0/0"), HTTPS, "HTTPS to partners and AWS");
    }
    SecurityGroups { edge, service, database }
}

/// The other side of a rule.
enum Peer<'a> {
    Block(&'a str),
    Group(Handle),
    Endpoint(Handle),
}

fn ingress(stack: Stack, name: &str, group: Handle, from: Peer<'_>, port: u16, description: &str) {
    rule(stack, "aws_vpc_security_group_ingress_rule", name, group, from, port, description);
}

fn egress(stack: Stack, name: &str, group: Handle, to: Peer<'_>, port: u16, description: &str) {
    rule(stack, "aws_vpc_security_group_egress_rule", name, group, to, port, description);
}

fn rule(stack: Stack, kind: &str, name: &str, group: Handle, peer: Peer<'_>, port: u16, description: &str) {
    let rule = stack
        .resource(kind, name)
        .set("security_group_id", group.get("id"))
        .set("description", description)
        .set("ip_protocol", "tcp")
        .set("from_port", port)
        .set("to_port", port);
    let rule = match peer {
        Peer::Block(cidr) => rule.set("cidr_ipv4", cidr),
        Peer::Group(other) => rule.set("referenced_security_group_id", other.get("id")),
        Peer::Endpoint(gateway) => rule.set("prefix_list_id", gateway.get("prefix_list_id")),
    };
    rule.declare();
}
