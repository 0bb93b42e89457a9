//! The account that the stack is deployed to. What is asked here is known when Terraform plans: no ARN names a partition or an account.

use tapwasm_aws::data;
use tapwasm_guest::{Expr, Stack, Str, tf};

pub(crate) struct Account {
    pub(crate) id: Expr<Str>,
    pub(crate) partition: Expr<Str>,
    pub(crate) dns_suffix: Expr<Str>,
}

impl Account {
    pub(crate) fn declare(stack: Stack) -> Account {
        let caller = data::caller_identity(stack, "current").declare();
        let partition = data::partition(stack, "current").declare();
        Account { id: caller.account_id(), partition: partition.partition(), dns_suffix: partition.dns_suffix() }
    }

    /// Returns the ARN of the managed policy that lets a function write its logs.
    pub(crate) fn basic_execution_policy(&self) -> Expr<Str> {
        tf!("arn:{}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", self.partition)
    }
}
