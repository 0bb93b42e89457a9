//! The backend `s3`.

use super::{KnownText, backend, known};
use crate::declare::Body;
use crate::expr::Any;
use std::panic::Location;

backend! {
    "s3"
    /// A state in a bucket of S3.
    ///
    /// ```
    /// # use tapwasm_guest::{S3AssumeRole, S3Backend, Stack};
    /// # fn declare(stack: Stack) {
    /// let role = S3AssumeRole::new("arn:aws:iam::123456789012:role/states").session_name("terraform");
    /// let states = S3Backend::new("states", "app.tfstate", "eu-west-1").encrypt(true).use_lockfile(true).assume_role(role);
    /// stack.settings().backend(states).declare();
    /// # }
    /// ```
    S3Backend {
        /// Names the bucket.
        bucket: text;
        /// Sets the state's path in the bucket.
        key: text;
        /// Sets the bucket's region.
        region: text;
        /// Says whether the state is encrypted in the bucket.
        encrypt: yes;
        /// Locks the state by a file beside it. From Terraform 1.10 on.
        use_lockfile: yes;
        /// Locks the state by a table of DynamoDB: how it was done before [`use_lockfile`](S3Backend::use_lockfile).
        dynamodb_table: text;
        /// Encrypts with this key of KMS.
        kms_key_id: text;
        /// Sets the object's ACL.
        acl: text;
        /// Sets what stands before the paths of other workspaces' states.
        workspace_key_prefix: text;
        /// Takes a profile of the shared configuration.
        profile: text;
        /// Reads these configuration files.
        shared_config_files: texts;
        /// Reads these files of credentials.
        shared_credentials_files: texts;
        /// Refuses every account but these.
        allowed_account_ids: texts;
        /// Refuses these accounts.
        forbidden_account_ids: texts;
        /// Trusts the certificates of this file.
        custom_ca_bundle: text;
        /// Sets the address of EC2's metadata.
        ec2_metadata_service_endpoint: text;
        /// Sets how EC2's metadata is reached: `IPv4` or `IPv6`.
        ec2_metadata_service_endpoint_mode: text;
        /// Goes through a proxy for HTTP.
        http_proxy: text;
        /// Goes through a proxy for HTTPS.
        https_proxy: text;
        /// Goes through no proxy to these hosts.
        no_proxy: text;
        /// Leaves certificates unchecked.
        insecure: yes;
        /// Sets how often a request is tried again.
        max_retries: number;
        /// Sets how requests are tried again: `standard` or `adaptive`.
        retry_mode: text;
        /// Sets the region of STS.
        sts_region: text;
        /// Does not ask STS whether the credentials are any.
        skip_credentials_validation: yes;
        /// Does not ask EC2's metadata.
        skip_metadata_api_check: yes;
        /// Takes regions that Terraform does not know.
        skip_region_validation: yes;
        /// Does not ask for the account's number.
        skip_requesting_account_id: yes;
        /// Sends no checksum: some that speak S3's protocol cannot read it.
        skip_s3_checksum: yes;
        /// Uses endpoints that speak IPv6 too.
        use_dualstack_endpoint: yes;
        /// Uses endpoints that are approved by FIPS.
        use_fips_endpoint: yes;
        /// Names the bucket in the path instead of in the host's name.
        use_path_style: yes;
    }
}

impl S3Backend {
    /// Starts with bucket, path and region.
    #[track_caller]
    pub fn new(bucket: impl KnownText, key: impl KnownText, region: impl KnownText) -> S3Backend {
        S3Backend::partial().bucket(bucket).key(key).region(region)
    }

    /// Takes on a role.
    #[track_caller]
    pub fn assume_role(self, role: S3AssumeRole) -> Self {
        self.object("assume_role", role.body, Location::caller())
    }

    /// Takes on a role by the token of a web identity.
    #[track_caller]
    pub fn assume_role_with_web_identity(self, identity: S3WebIdentity) -> Self {
        self.object("assume_role_with_web_identity", identity.body, Location::caller())
    }

    /// Sets the addresses of services.
    #[track_caller]
    pub fn endpoints(self, endpoints: S3Endpoints) -> Self {
        self.object("endpoints", endpoints.body, Location::caller())
    }

    fn object(mut self, name: &str, body: Body, place: &'static Location<'static>) -> Self {
        self.body.add::<Any, _>(name, body.into_object(place), place);
        self
    }
}

/// The role that a backend takes on.
#[must_use = "a role does nothing until it is given to `.assume_role(…)`"]
#[derive(Clone)]
pub struct S3AssumeRole {
    body: Body,
}

impl S3AssumeRole {
    /// Names the role by its ARN.
    #[track_caller]
    pub fn new(role_arn: impl KnownText) -> S3AssumeRole {
        S3AssumeRole { body: Body::new() }.role_arn(role_arn)
    }
}

known!(S3AssumeRole {
    /// Sets the role.
    role_arn: text;
    /// Sets how long the session lasts: `1h30m`.
    duration: text;
    /// Sets the id that the role asks for.
    external_id: text;
    /// Narrows the role by a policy.
    policy: text;
    /// Narrows the role by managed policies.
    policy_arns: texts;
    /// Names the session.
    session_name: text;
    /// Names who is behind it.
    source_identity: text;
    /// Tags the session.
    tags: tags;
    /// Hands these tags on to further sessions.
    transitive_tag_keys: texts;
});

/// The role that a backend takes on by the token of a web identity.
///
/// ```
/// # use tapwasm_guest::{S3Backend, S3WebIdentity};
/// let identity = S3WebIdentity::new("arn:aws:iam::123456789012:role/states", "/var/run/token");
/// S3Backend::new("states", "app.tfstate", "eu-west-1").assume_role_with_web_identity(identity);
/// ```
#[must_use = "a role does nothing until it is given to `.assume_role_with_web_identity(…)`"]
#[derive(Clone)]
pub struct S3WebIdentity {
    body: Body,
}

impl S3WebIdentity {
    /// Names the role by its ARN, and the file that holds the token.
    #[track_caller]
    pub fn new(role_arn: impl KnownText, web_identity_token_file: impl KnownText) -> S3WebIdentity {
        S3WebIdentity { body: Body::new() }.role_arn(role_arn).web_identity_token_file(web_identity_token_file)
    }
}

known!(S3WebIdentity {
    /// Sets the role.
    role_arn: text;
    /// Sets the file that holds the token.
    web_identity_token_file: text;
    /// Sets how long the session lasts: `1h30m`.
    duration: text;
    /// Narrows the role by a policy.
    policy: text;
    /// Narrows the role by managed policies.
    policy_arns: texts;
    /// Names the session.
    session_name: text;
});

/// The addresses of the services that a backend speaks to.
///
/// ```
/// # use tapwasm_guest::{S3Backend, S3Endpoints};
/// S3Backend::new("states", "app.tfstate", "us-east-1").endpoints(S3Endpoints::new().s3("http://localhost:9000")).use_path_style(true);
/// ```
#[must_use = "endpoints do nothing until they are given to `.endpoints(…)`"]
#[derive(Clone)]
pub struct S3Endpoints {
    body: Body,
}

impl S3Endpoints {
    /// Starts with those that AWS has.
    #[allow(clippy::new_without_default, reason = "the start of a sentence, no value")]
    pub fn new() -> S3Endpoints {
        S3Endpoints { body: Body::new() }
    }
}

known!(S3Endpoints {
    /// Sets the address of DynamoDB.
    dynamodb: text;
    /// Sets the address of IAM.
    iam: text;
    /// Sets the address of S3.
    s3: text;
    /// Sets the address of IAM Identity Center.
    sso: text;
    /// Sets the address of STS.
    sts: text;
});
