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
use tapwasm_guest::{Result, Stack, json, program};

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

    let group_ids = json!({ "edge": groups.edge.id(), "service": groups.service.id(), "database": groups.database.id() });
    stack.output("vpc_id").value(vpc.main.id()).declare();
    stack.output("vpc_cidr_block").value(vpc.main.cidr_block()).declare();
    stack.output("public_subnet_ids").value(zones.map(|zone| zone.public.id())).declare();
    stack.output("private_subnet_ids").value(zones.map(|zone| zone.private.id())).declare();
    stack.output("private_route_table_ids").value(zones.map(|zone| zone.private_routes.id())).declare();
    stack.output("security_group_ids").value(group_ids).declare();
    stack
        .output("nat_public_ips")
        .description("Where traffic from the private subnets comes from: for partners' allow-lists.")
        .value(nat_addresses)
        .declare();
    stack.output("flow_log_group_name").value(flow_logs.name()).declare();
    Ok(())
}
