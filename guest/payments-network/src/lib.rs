//! The network that payments run in: a VPC over three availability zones, with public and private subnets, NAT by choice, flow logs in an
//! encrypted log group, and security groups that let a load balancer reach services and services reach a database.
//!
//! What runs in it (load balancers, services, databases) is other stacks' matter: they find it by this one's outputs.

mod account;
mod cidr;
mod endpoint;
mod flow_log;
mod inputs;
mod logs_key;
mod nat;
mod security_group;
mod settings;
mod vpc;
mod zone;

pub use inputs::{Nat, NetworkInputs};

use account::Account;
use tapwasm_guest::{Handle, Result, Stack, json, program};
use zone::Zone;

program!(build);

/// Declares the stack `PaymentsNetwork<environment_suffix>`.
pub fn build(inputs: NetworkInputs) -> Result {
    inputs.check()?;
    let stack = Stack::new(inputs.stack_name());
    let prefix = &inputs.prefix();
    settings::declare(stack, &inputs);
    let account = Account::declare(stack, &inputs.aws_region);

    let vpc = vpc::declare(stack, prefix, &inputs.vpc_cidr);
    let zones = zone::declare(stack, prefix, vpc);
    let nat_addresses = nat::declare(stack, prefix, inputs.nat, vpc, &zones);
    let endpoints = endpoint::declare(stack, prefix, vpc, &zones);
    let groups = security_group::declare(stack, prefix, vpc, &endpoints, &inputs);
    let flow_logs = flow_log::declare(stack, prefix, vpc, &account, inputs.log_retention_days);

    let ids = |part: fn(Zone) -> Handle| zones.map(|zone| part(zone).get("id"));
    let group_ids = json!({
        "edge": groups.edge.get("id"),
        "service": groups.service.get("id"),
        "database": groups.database.get("id"),
    });
    stack.output("vpc_id").value(vpc.main.get("id")).declare();
    stack.output("vpc_cidr_block").value(vpc.main.get("cidr_block")).declare();
    stack.output("public_subnet_ids").value(ids(|zone| zone.public)).declare();
    stack.output("private_subnet_ids").value(ids(|zone| zone.private)).declare();
    stack.output("private_route_table_ids").value(ids(|zone| zone.private_routes)).declare();
    stack.output("security_group_ids").value(group_ids).declare();
    stack
        .output("nat_public_ips")
        .description("Where traffic from the private subnets comes from: for partners' allow-lists.")
        .value(nat_addresses)
        .declare();
    stack.output("flow_log_group_name").value(flow_logs.get("name")).declare();
    Ok(())
}
