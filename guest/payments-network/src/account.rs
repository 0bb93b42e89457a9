//! Where the stack is deployed, and the names that AWS derives from it. Nothing here assumes the partition `aws`.

use tapwasm_aws::data;
use tapwasm_guest::{Expr, Hole, Stack, Str, tf};

/// The account, the region and the partition.
pub(crate) struct Account<'a> {
    pub(crate) id: Expr<Str>,
    pub(crate) region: &'a str,
    partition: Expr<Str>,
    dns_suffix: Expr<Str>,
}

impl Account<'_> {
    pub(crate) fn declare(stack: Stack, region: &str) -> Account<'_> {
        let identity = data::caller_identity(stack, "current").declare();
        let partition = data::partition(stack, "current").declare();
        Account { id: identity.account_id(), region, partition: partition.partition(), dns_suffix: partition.dns_suffix() }
    }

    /// Returns the ARN of something in this region.
    pub(crate) fn arn(&self, service: &str, resource: impl Hole) -> Expr<Str> {
        tf!("arn:{}:{}:{}:{}:{}", self.partition, service, self.region, self.id, resource)
    }

    /// Returns the ARN that stands for the account itself.
    pub(crate) fn root(&self) -> Expr<Str> {
        tf!("arn:{}:iam::{}:root", self.partition, self.id)
    }

    /// Returns the principal of CloudWatch Logs, one of the few with both the region and the partition's suffix in it.
    pub(crate) fn logs_principal(&self) -> Expr<Str> {
        tf!("logs.{}.{}", self.region, self.dns_suffix)
    }
}
