//! The inputs: what differs between environments, and the names that follow from it.
//!
//! The schema says what it can, so that the host refuses a wrong value and `tapwasm inspect` shows what is right. `check` has the rest.

use std::collections::{BTreeMap, BTreeSet};
use tapwasm_guest::{Inputs, Result};

/// What differs between environments. Nothing has to be given.
#[derive(Inputs)]
pub struct PaymentInputs {
    /// Ends the name of the stack and of every object in it.
    #[input(default = "dev", pattern = "^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$")]
    pub environment_suffix: String,

    /// The region of everything that is deployed.
    #[input(default = "us-east-1", pattern = "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$")]
    pub aws_region: String,

    /// The bucket of Terraform's state; the key is `<suffix>/<stack name>.tfstate`.
    #[input(default = "iac-rlhf-tf-states", pattern = "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
    pub state_bucket: String,

    /// The region of the bucket of Terraform's state.
    #[input(default = "us-east-1", pattern = "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$")]
    pub state_bucket_region: String,

    /// Tags of everything that can carry tags. `Environment` says `production` unless this is given, whatever the suffix.
    #[input(default = { "Environment": "production", "CostCenter": "payments" }, items(max_length = 256))]
    pub default_tags: BTreeMap<String, String>,

    /// Who gets the alarms: logical id of the subscription → e-mail address. Taking one out leaves the others alone.
    #[input(
        default = { "alarm_email_1": "ops-team@example.com", "alarm_email_2": "payments-oncall@example.com" },
        min_properties = 1,
        items(pattern = "^[^@\\s]+@[^@\\s]+$")
    )]
    pub alarm_emails: BTreeMap<String, String>,

    /// The name of the REST API that is watched. HTTP APIs have other metrics.
    #[input(shown_default = "payments-<suffix>", pattern = "^[!-9;-~][ -~]*$", max_length = 1024)]
    pub api_name: Option<String>,

    /// The identifier of the RDS instance that is watched.
    #[input(shown_default = "payments-db-<suffix>", pattern = "^[a-z][a-z0-9-]*$", max_length = 63)]
    pub db_instance_identifier: Option<String>,

    /// The bucket of what the canary records. A stack that was deployed from the older program passes its bucket's name,
    /// `canary-artifacts-<suffix>`, or Terraform replaces the bucket.
    #[input(shown_default = "canary-artifacts-<suffix>-<account id>", pattern = "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
    pub canary_bucket: Option<String>,

    /// The page that the canary opens every five minutes; it must answer with status 200.
    #[input(default = "https://api.example.com/health", pattern = "^https://[^\\s/?#]+([/?#]\\S*)?$", max_length = 2048)]
    pub health_check_url: String,

    /// For how many days logs are kept: one of CloudWatch's values.
    #[input(
        default = 90,
        one_of = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]
    )]
    pub log_retention_days: u16,

    /// The function's runtime: a Python.
    #[input(default = "python3.13", pattern = "^python3\\.[0-9]{1,2}$")]
    pub lambda_runtime: String,

    /// The canary's runtime: Node.js with Puppeteer.
    #[input(default = "syn-nodejs-puppeteer-17.0", pattern = "^syn-nodejs-puppeteer-[0-9]{1,3}\\.[0-9]{1,3}$")]
    pub canary_runtime: String,

    /// ARNs of the versions of layers that the function gets: the X-Ray SDK, without which its steps are not traced.
    #[input(
        default = [],
        max_items = 5,
        items(pattern = "^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]+:[0-9]+$")
    )]
    pub lambda_layers: Vec<String>,
}

impl PaymentInputs {
    /// Refuses what the schema cannot refuse: keys of maps.
    pub(crate) fn check(&self) -> Result {
        self.alarm_emails.keys().try_for_each(|id| check_logical_id(id))?;
        self.default_tags.iter().try_for_each(|(key, value)| check_tag(key, value))?;
        // IAM takes keys that differ only in case for the same; every resource has `Name` of its own.
        let mut known = BTreeSet::from(["name".to_owned()]);
        match self.default_tags.keys().find(|key| *key != "Name" && !known.insert(key.to_ascii_lowercase())) {
            Some(key) => {
                Err(format!("input `default_tags`: another tag has the key `{key}` but for upper and lower case").into())
            }
            None => Ok(()),
        }
    }

    pub(crate) fn stack_name(&self) -> String {
        format!("TapStack{}", self.environment_suffix)
    }

    /// Returns the name of an object of this environment.
    pub(crate) fn named(&self, base: &str) -> String {
        format!("{base}-{}", self.environment_suffix)
    }

    /// Returns the tag `Name`, which a resource has beside the default tags.
    pub(crate) fn name_tag(&self, base: &str) -> [(&'static str, String); 1] {
        [("Name", self.named(base))]
    }

    pub(crate) fn api_name(&self) -> String {
        self.api_name.clone().unwrap_or_else(|| self.named("payments"))
    }

    pub(crate) fn db_instance_identifier(&self) -> String {
        self.db_instance_identifier.clone().unwrap_or_else(|| self.named("payments-db"))
    }
}

/// A subscription's address has a type of its own: no key can take the address of anything else.
fn check_logical_id(id: &str) -> Result {
    let starts = id.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if starts && id.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '_' | '-')) {
        return Ok(());
    }
    Err(format!(
        "input `alarm_emails`: the key `{id}` cannot be the logical id of a subscription: it is a letter or `_`, then letters, digits, `_` \
         and `-`, as in `alarm_email_1`"
    )
    .into())
}

fn check_tag(key: &str, value: &str) -> Result {
    if key.is_empty() || key.chars().count() > 128 || key.to_ascii_lowercase().starts_with("aws:") {
        return Err(format!(
            "input `default_tags`: `{key}` cannot be the key of a tag: it has 1 to 128 characters and does not start with `aws:`"
        )
        .into());
    }
    if (key.chars().chain(value.chars())).all(|character| character.is_alphanumeric() || " _.:/=+-@".contains(character)) {
        return Ok(());
    }
    Err(format!(
        "input `default_tags`: `{key}` and its value may have letters, digits, spaces and `_.:/=+-@`, since IAM takes no others"
    )
    .into())
}
