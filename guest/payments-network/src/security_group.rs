//! Security groups: the internet → edge → service → database, each by one port, and nothing else.
//!
//! Rules are resources of their own: groups that name each other would be a cycle, and rules within a group are replaced all at once.

use crate::endpoint::Endpoint;
use crate::inputs::{Nat, NetworkInputs};
use crate::vpc::Vpc;
use tapwasm_aws::{SecurityGroup, security_group};
use tapwasm_aws::{vpc_security_group_egress_rule as egress_rule, vpc_security_group_ingress_rule as ingress_rule};
use tapwasm_guest::Stack;

/// The groups.
pub(crate) struct SecurityGroups {
    /// Of load balancers, in the public subnets.
    pub(crate) edge: SecurityGroup,
    /// Of services, in the private subnets.
    pub(crate) service: SecurityGroup,
    /// Of databases, in the private subnets.
    pub(crate) database: SecurityGroup,
}

const HTTPS: u16 = 443;

pub(crate) fn declare(stack: Stack, prefix: &str, vpc: Vpc, endpoints: &[Endpoint], inputs: &NetworkInputs) -> SecurityGroups {
    let group = |name: &str, description: &str| {
        security_group(stack, name)
            .vpc_id(vpc.main.id())
            .name(format!("{prefix}-{name}"))
            .description(description)
            .tags([("Name", format!("{prefix}-{name}"))])
            .declare()
    };
    let edge = group("edge", "Load balancers of payments");
    let service = group("service", "Services of payments");
    let database = group("database", "Databases of payments");

    // Rules that lack only who is on the other side.
    let ingress = |name: &str, group: SecurityGroup, port: u16, description: &str| {
        let required = ingress_rule::Required { security_group_id: group.id(), ip_protocol: "tcp" };
        ingress_rule(stack, name, required).description(description).from_port(port).to_port(port)
    };
    let egress = |name: &str, group: SecurityGroup, port: u16, description: &str| {
        let required = egress_rule::Required { security_group_id: group.id(), ip_protocol: "tcp" };
        egress_rule(stack, name, required).description(description).from_port(port).to_port(port)
    };

    for (name, cidr) in &inputs.allowed_ingress {
        ingress(&format!("edge_https_{name}"), edge, HTTPS, &format!("HTTPS from {name}")).cidr_ipv4(cidr).declare();
    }

    let port = inputs.service_port;
    egress("edge_service", edge, port, "To services").referenced_security_group_id(service.id()).declare();
    ingress("service_edge", service, port, "From load balancers").referenced_security_group_id(edge.id()).declare();

    let port = inputs.database_port;
    egress("service_database", service, port, "To databases").referenced_security_group_id(database.id()).declare();
    ingress("database_service", database, port, "From services").referenced_security_group_id(service.id()).declare();

    for Endpoint { service: name, gateway } in endpoints {
        let rule = egress(&format!("service_{name}"), service, HTTPS, &format!("HTTPS to {name}"));
        rule.prefix_list_id(gateway.prefix_list_id()).declare();
    }
    if inputs.nat != Nat::None {
        egress("service_internet", service, HTTPS, "HTTPS to partners and AWS").cidr_ipv4("0.0.0.0/0").declare();
    }
    SecurityGroups { edge, service, database }
}
