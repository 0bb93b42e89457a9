//! The backend `gcs`.

use super::{KnownText, backend};

backend! {
    "gcs"
    /// A state in a bucket of Google Cloud Storage.
    ///
    /// ```
    /// # use tapwasm_guest::{GcsBackend, Stack};
    /// # fn declare(stack: Stack) {
    /// stack.settings().backend(GcsBackend::new("states", "app")).declare();
    /// # }
    /// ```
    GcsBackend {
        /// Names the bucket.
        bucket: text;
        /// Sets the folder of the states in the bucket: each workspace has a file in it.
        prefix: text;
        /// Sets the path of the file that holds the credentials.
        credentials: text;
        /// Acts as this service account.
        impersonate_service_account: text;
        /// Sets the service accounts that hand it on.
        impersonate_service_account_delegates: texts;
        /// Encrypts with this key of Cloud KMS.
        kms_encryption_key: text;
        /// Sets the address of the service.
        storage_custom_endpoint: text;
    }
}

impl GcsBackend {
    /// Starts with bucket and folder.
    #[track_caller]
    pub fn new(bucket: impl KnownText, prefix: impl KnownText) -> GcsBackend {
        GcsBackend::partial().bucket(bucket).prefix(prefix)
    }
}
