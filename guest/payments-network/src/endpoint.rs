//! Gateway endpoints: the private subnets reach S3 and DynamoDB without NAT, and without what NAT charges for each byte.

use crate::vpc::Vpc;
use crate::zone::Zone;
use tapwasm_guest::{Handle, Stack, json};

/// The services that have an endpoint of this kind; it costs nothing.
const SERVICES: [&str; 2] = ["s3", "dynamodb"];

/// An endpoint, and the service that it leads to.
pub(crate) struct Endpoint {
    pub(crate) service: &'static str,
    pub(crate) gateway: Handle,
}

pub(crate) fn declare(stack: Stack, prefix: &str, vpc: Vpc, zones: &[Zone; 3]) -> [Endpoint; 2] {
    SERVICES.map(|service| {
        // AWS is asked for the name: outside of the partition `aws` it follows no one rule.
        let name =
            stack.data("aws_vpc_endpoint_service", service).set("service", service).set("service_type", "Gateway").declare();
        let gateway = stack
            .resource("aws_vpc_endpoint", service)
            .set("vpc_id", vpc.main.get("id"))
            .set("service_name", name.get("service_name"))
            .set("vpc_endpoint_type", "Gateway")
            .set("route_table_ids", zones.map(|zone| zone.private_routes.get("id")))
            .set("tags", json!({ "Name": format!("{prefix}-{service}") }))
            .declare();
        Endpoint { service, gateway }
    })
}
