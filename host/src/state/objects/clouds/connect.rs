//! From the URL of a bucket to a connection: credentials by each cloud's usual means.

use crate::state::error::StateError;
use crate::state::location::{Bucket, Cloud};
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::{BackoffConfig, ClientConfigKey, Error, ObjectStore, RetryConfig};
use serde::Deserialize;
use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

/// What says in the environment who speaks with S3. Where none is set, the AWS CLI knows it, or the machine does.
const S3_VARIABLES: [&str; 4] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];
/// The same for Azure.
const AZURE_VARIABLES: [&str; 8] = [
    "AZURE_STORAGE_ACCOUNT_KEY",
    "AZURE_STORAGE_ACCESS_KEY",
    "AZURE_STORAGE_SAS_KEY",
    "AZURE_STORAGE_TOKEN",
    "AZURE_STORAGE_USE_EMULATOR",
    "AZURE_CLIENT_ID",
    "AZURE_STORAGE_CLIENT_ID",
    "AZURE_FEDERATED_TOKEN_FILE",
];

/// How long a connection and an answer are waited for.
const PATIENCE: [(ClientConfigKey, &str); 2] = [(ClientConfigKey::ConnectTimeout, "5s"), (ClientConfigKey::Timeout, "60s")];

/// Returns the connection; nothing is sent.
pub(super) fn store(bucket: &Bucket) -> Result<Arc<dyn ObjectStore>, StateError> {
    let made: Result<Arc<dyn ObjectStore>, Error> = match bucket.cloud {
        Cloud::S3 => s3(bucket)?.build().map(|store| Arc::new(store) as _),
        Cloud::Google => {
            let mut builder = GoogleCloudStorageBuilder::from_env().with_bucket_name(&bucket.name).with_retry(retry());
            for (key, value) in PATIENCE {
                builder = builder.with_config(GoogleConfigKey::Client(key), value);
            }
            builder.build().map(|store| Arc::new(store) as _)
        }
        Cloud::Azure => azure(bucket).build().map(|store| Arc::new(store) as _),
    };
    made.map_err(|error| super::fault::explain(bucket.cloud, super::Doing::Read, PathBuf::from(bucket.to_string()), &error))
}

fn s3(bucket: &Bucket) -> Result<AmazonS3Builder, StateError> {
    // What the environment says of the connection, such as a proxy, is kept.
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(&bucket.name).with_retry(retry());
    for (key, value) in PATIENCE {
        builder = builder.with_config(AmazonS3ConfigKey::Client(key), value);
    }
    if is_any_set(&S3_VARIABLES) {
        return Ok(builder);
    }
    if let Some(known) = of_aws_cli(bucket)? {
        builder = builder.with_access_key_id(known.access_key_id).with_secret_access_key(known.secret_access_key);
        if let Some(token) = known.session_token {
            builder = builder.with_token(token);
        }
        if builder.get_config_value(&AmazonS3ConfigKey::Region).is_none()
            && let Some(region) = said(Command::new("aws").args(["configure", "get", "region"]))
        {
            builder = builder.with_region(region.trim());
        }
    }
    Ok(builder)
}

/// What `aws configure export-credentials` writes.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Credentials {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
}

/// Asks the AWS CLI, which knows profiles, single sign-on and assumed roles. Where no profile is set up, the machine's own role counts.
fn of_aws_cli(bucket: &Bucket) -> Result<Option<Credentials>, StateError> {
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from).unwrap_or_default();
    let files = ["config", "credentials"].map(|name| home.join(".aws").join(name));
    let has_profile = is_any_set(&["AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]);
    if !has_profile && !files.iter().any(|file| file.exists()) {
        return Ok(None);
    }
    let text = said(Command::new("aws").args(["configure", "export-credentials", "--format", "process"]));
    if let Some(credentials) = text.and_then(|text| serde_json::from_str(&text).ok()) {
        return Ok(Some(credentials));
    }
    if !has_profile {
        return Ok(None);
    }
    Err(StateError::Store {
        path: PathBuf::from(bucket.to_string()),
        what: "there are no credentials: a profile of AWS is set up, and `aws configure export-credentials` gives none"
            .to_owned(),
        help: "Install the AWS CLI, version 2, and log in (`aws sso login`), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            .to_owned(),
    })
}

fn azure(bucket: &Bucket) -> MicrosoftAzureBuilder {
    let mut builder = MicrosoftAzureBuilder::from_env().with_container_name(&bucket.name).with_retry(retry());
    for (key, value) in PATIENCE {
        builder = builder.with_config(AzureConfigKey::Client(key), value);
    }
    if is_any_set(&["AZURE_STORAGE_USE_EMULATOR"]) {
        builder = builder.with_allow_http(true);
    }
    let asks_cli = !is_any_set(&AZURE_VARIABLES) && !is_any_set(&["IDENTITY_ENDPOINT", "MSI_ENDPOINT"]);
    if asks_cli && said(Command::new("az").arg("version")).is_some() { builder.with_use_azure_cli(true) } else { builder }
}

/// Tells whether the environment names another server than the cloud's own.
pub(super) fn is_foreign(cloud: Cloud) -> bool {
    cloud == Cloud::S3 && is_any_set(&["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT"])
}

fn is_any_set(names: &[&str]) -> bool {
    names.iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Returns what another program says, if it is there and succeeds.
fn said(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

fn retry() -> RetryConfig {
    let backoff = BackoffConfig { init_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(3), base: 2.0 };
    RetryConfig { backoff, max_retries: 5, retry_timeout: Duration::from_secs(30) }
}
