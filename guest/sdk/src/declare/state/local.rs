//! The backend `local`.

use super::{KnownText, backend};

backend! {
    "local"
    /// A state in a file where Terraform runs, elsewhere than in `terraform.tfstate`.
    ///
    /// ```
    /// # use tapwasm_guest::{LocalBackend, Stack};
    /// # fn declare(stack: Stack) {
    /// stack.settings().backend(LocalBackend::new("../states/app.tfstate")).declare();
    /// # }
    /// ```
    LocalBackend {
        /// Sets the file's path.
        path: text;
        /// Sets the folder of other workspaces' states.
        workspace_dir: text;
    }
}

impl LocalBackend {
    /// Starts with the file's path.
    #[track_caller]
    pub fn new(path: impl KnownText) -> LocalBackend {
        LocalBackend::partial().path(path)
    }
}
