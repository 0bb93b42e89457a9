//! The backend `azurerm`.

use super::{KnownText, backend};

backend! {
    "azurerm"
    /// A state in a container of Azure Blob Storage.
    ///
    /// ```
    /// # use tapwasm_guest::{AzureBackend, Stack};
    /// # fn declare(stack: Stack) {
    /// stack.settings().backend(AzureBackend::new("account", "states", "app.tfstate").use_azuread_auth(true)).declare();
    /// # }
    /// ```
    AzureBackend {
        /// Names the storage account.
        storage_account_name: text;
        /// Names the container.
        container_name: text;
        /// Sets the state's path in the container.
        key: text;
        /// Names the account's resource group.
        resource_group_name: text;
        /// Sets the account's subscription.
        subscription_id: text;
        /// Sets the tenant.
        tenant_id: text;
        /// Sets the client: an application or a managed identity.
        client_id: text;
        /// Sets the path of the file that holds the client's id.
        client_id_file_path: text;
        /// Sets the path of the file that holds the client's certificate.
        client_certificate_path: text;
        /// Sets which of Azure's clouds: `public`, `china`, `usgovernment`.
        environment: text;
        /// Sets the host of the metadata of a cloud of one's own.
        metadata_host: text;
        /// Takes a snapshot of the state before it is written.
        snapshot: yes;
        /// Looks up the account's address instead of making it of its name.
        lookup_blob_endpoint: yes;
        /// Authenticates by Entra ID instead of by the account's key.
        use_azuread_auth: yes;
        /// Authenticates by what the command line `az` knows.
        use_cli: yes;
        /// Authenticates by OpenID Connect.
        use_oidc: yes;
        /// Authenticates by a managed identity.
        use_msi: yes;
        /// Authenticates by the identity of a workload of AKS.
        use_aks_workload_identity: yes;
        /// Sets the address of managed identities.
        msi_endpoint: text;
        /// Sets the address that gives tokens of OpenID Connect.
        oidc_request_url: text;
        /// Sets the path of the file that holds a token of OpenID Connect.
        oidc_token_file_path: text;
        /// Sets the connection of Azure's pipelines that tokens are for.
        ado_pipeline_service_connection_id: text;
    }
}

impl AzureBackend {
    /// Starts with account, container and path.
    #[track_caller]
    pub fn new(storage_account_name: impl KnownText, container_name: impl KnownText, key: impl KnownText) -> AzureBackend {
        AzureBackend::partial().storage_account_name(storage_account_name).container_name(container_name).key(key)
    }
}
