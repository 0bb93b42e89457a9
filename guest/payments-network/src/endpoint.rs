//! Gateway endpoints: the private subnets reach S3 and DynamoDB without NAT, and without what NAT charges for each byte.

use crate::vpc::Vpc;
use crate::zone::Zone;
use tapwasm_aws::{VpcEndpoint, data, vpc_endpoint};
use tapwasm_guest::Stack;

/// The services that have an endpoint of this kind; it costs nothing.
const SERVICES: [&str; 2] = ["s3", "dynamodb"];

/// An endpoint, and the service that it leads to.
pub(crate) struct Endpoint {
    pub(crate) service: &'static str,
    pub(crate) gateway: VpcEndpoint,
}

pub(crate) fn declare(stack: Stack, prefix: &str, vpc: Vpc, zones: &[Zone; 3]) -> [Endpoint; 2] {
    SERVICES.map(|service| {
        // AWS is asked for the name: outside of the partition `aws` it follows no one rule.
        let name = data::vpc_endpoint_service(stack, service).service(service).service_type("Gateway").declare();
        let gateway = vpc_endpoint(stack, service, vpc_endpoint::Required { vpc_id: vpc.main.id() })
            .service_name(name.service_name())
            .vpc_endpoint_type("Gateway")
            .route_table_ids(zones.map(|zone| zone.private_routes.id()))
            .tags([("Name", format!("{prefix}-{service}"))])
            .declare();
        Endpoint { service, gateway }
    })
}
