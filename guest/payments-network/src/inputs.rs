//! What differs between environments, and the checks that a schema cannot say.

use crate::cidr::{Cidr, DOCKER};
use std::collections::{BTreeMap, BTreeSet};
use tapwasm_guest::{InputError, Inputs, warn};

/// What differs between environments.
#[derive(Clone, Debug, Inputs)]
pub struct NetworkInputs {
    /// Suffix of the stack's name and of every name in it.
    #[input(pattern = "^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$", default = "dev")]
    pub environment_suffix: String,
    /// Region of the network; it must have three availability zones.
    #[input(pattern = "^[a-z]+(-[a-z]+)+-[0-9]+$", default = "us-east-1")]
    pub aws_region: String,
    /// Bucket of Terraform's state.
    #[input(pattern = "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", default = "iac-rlhf-tf-states")]
    pub state_bucket: String,
    /// Region of that bucket.
    #[input(pattern = "^[a-z]+(-[a-z]+)+-[0-9]+$", default = "us-east-1")]
    pub state_bucket_region: String,
    /// Tags of everything that can carry tags. `Environment` is the suffix unless it is given here.
    #[input(default = { "CostCenter": "payments", "Team": "payments-network" }, items(max_length = 256))]
    pub default_tags: BTreeMap<String, String>,
    /// Private addresses of the VPC, from a /16 to a /23. Each subnet is a sixteenth of them.
    #[input(pattern = "^[0-9.]+/[0-9]+$", default = "10.20.0.0/16")]
    pub vpc_cidr: String,
    /// NAT gateways for the private subnets: `none`, a `single` one in the first zone, or one `per_zone`.
    #[input(default = "single")]
    pub nat: Nat,
    /// Days that flow logs are kept: one of CloudWatch's values.
    #[input(
        one_of = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
        default = 90
    )]
    pub log_retention_days: u16,
    /// Who may reach the load balancer by HTTPS: CIDR blocks by name (`office`), so that taking one out leaves the others alone.
    #[input(default = {}, items(pattern = "^[0-9.]+/[0-9]+$"))]
    pub allowed_ingress: BTreeMap<String, String>,
    /// Port of the services behind the load balancer.
    #[input(min = 1, default = 8443)]
    pub service_port: u16,
    /// Port of the database.
    #[input(min = 1, default = 5432)]
    pub database_port: u16,
}

/// How many NAT gateways there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Inputs)]
pub enum Nat {
    /// No way out for the private subnets, but to S3 and DynamoDB.
    None,
    /// One for all zones: cheaper, and gone with its zone.
    Single,
    /// One in each zone.
    #[input(rename = "per_zone")]
    PerZone,
}

impl NetworkInputs {
    /// Checks what only AWS would refuse, after half of the network stands.
    pub(crate) fn check(&self) -> Result<(), InputError> {
        check_tags(&self.default_tags)?;
        check_vpc(&self.vpc_cidr)?;
        check_ingress(&self.allowed_ingress)
    }

    /// Returns the name of the stack.
    pub(crate) fn stack_name(&self) -> String {
        format!("PaymentsNetwork{}", self.environment_suffix)
    }

    /// Returns what all names of real objects begin with.
    pub(crate) fn prefix(&self) -> String {
        format!("payments-{}", self.environment_suffix)
    }

    /// Returns the tags of everything.
    pub(crate) fn tags(&self) -> BTreeMap<String, String> {
        let mut tags = self.default_tags.clone();
        if !tags.keys().any(|key| key.eq_ignore_ascii_case("environment")) {
            tags.insert("Environment".to_owned(), self.environment_suffix.clone());
        }
        tags
    }
}

/// IAM is the strictest of those that get the tags.
fn check_tags(tags: &BTreeMap<String, String>) -> Result<(), InputError> {
    let is_text = |text: &str| text.chars().all(|character| character.is_alphanumeric() || " _.:/=+-@".contains(character));
    let mut seen = BTreeSet::new();
    for (key, value) in tags {
        let fault = |message: &str| Err(InputError::new(&format!("default_tags.{key}"), message));
        if key.is_empty() || key.chars().count() > 128 || key.to_lowercase().starts_with("aws:") {
            return fault("a tag's key has 1 to 128 characters, and does not start with `aws:`");
        }
        if !is_text(key) || !is_text(value) {
            return fault("tags are made of letters, digits, spaces and `_.:/=+-@`");
        }
        if !seen.insert(key.to_lowercase()) {
            return fault("IAM takes it for the same tag as one that differs only in upper and lower case");
        }
    }
    Ok(())
}

fn check_vpc(text: &str) -> Result<(), InputError> {
    let fault = |message: String| InputError::new("vpc_cidr", message);
    let block: Cidr = text.parse().map_err(fault)?;
    // AWS takes no VPC above a /16, and puts no load balancer into a subnet below a /27; subnets are 4 bits longer here.
    if !(16..=23).contains(&block.prefix) {
        return Err(fault(format!("{block} must be a /16 to a /23: its subnets are a /20 to a /27")));
    }
    if !block.is_private() {
        return Err(fault(format!(
            "{block} is not private: hosts with these addresses elsewhere could not be reached; \
             take a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10"
        )));
    }
    if block.is_within(DOCKER) {
        warn!("`vpc_cidr` is a part of {DOCKER}, which Docker takes for itself: hosts that run containers may not reach {block}");
    }
    Ok(())
}

fn check_ingress(allowed: &BTreeMap<String, String>) -> Result<(), InputError> {
    let mut seen: BTreeMap<Cidr, &str> = BTreeMap::new();
    for (name, text) in allowed {
        let fault = |message: String| InputError::new(&format!("allowed_ingress.{name}"), message);
        // The name becomes a part of an address.
        let is_word = |name: &str| name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        if !is_word(name) || !(1..=40).contains(&name.len()) {
            return Err(fault("its name must be 1 to 40 of a-z, 0-9 and `_`".to_owned()));
        }
        let block: Cidr = text.parse().map_err(fault)?;
        if let Some(other) = seen.insert(block, name) {
            return Err(fault(format!("{block} is already allowed as `{other}`: AWS refuses the same rule twice")));
        }
    }
    Ok(())
}
