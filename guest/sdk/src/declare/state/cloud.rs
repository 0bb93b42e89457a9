//! The block `cloud`.

use super::{KnownText, known};
use crate::declare::Body;
use crate::expr::Any;
use std::collections::BTreeMap;
use std::panic::Location;

/// A state in HCP Terraform or Terraform Enterprise.
///
/// ```
/// # use tapwasm_guest::{Cloud, Stack};
/// # fn declare(stack: Stack) {
/// stack.settings().cloud(Cloud::new("acme").project("payments").workspace("prod")).declare();
/// # }
/// ```
#[must_use = "it does nothing until it is given to `.cloud(…)`"]
#[derive(Clone)]
pub struct Cloud {
    body: Body,
    workspaces: Body,
}

impl Cloud {
    /// Starts with the organization.
    #[track_caller]
    pub fn new(organization: impl KnownText) -> Cloud {
        Cloud::partial().organization(organization)
    }

    /// Starts with nothing: what is not said here comes by Terraform's environment (`TF_CLOUD_ORGANIZATION`, `TF_WORKSPACE`).
    pub fn partial() -> Cloud {
        Cloud { body: Body::new(), workspaces: Body::new() }
    }

    /// Uses this workspace.
    #[track_caller]
    pub fn workspace(mut self, name: impl KnownText) -> Self {
        self.workspaces.add::<Any, _>("name", name.into_text(), Location::caller());
        self
    }

    /// Uses the workspaces that have these tags; `terraform workspace select` chooses one.
    #[track_caller]
    pub fn tags<T: KnownText>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        let tags: Vec<String> = tags.into_iter().map(KnownText::into_text).collect();
        self.workspaces.add::<Any, _>("tags", tags, Location::caller());
        self
    }

    /// Uses the workspaces that have these keys with these values.
    #[track_caller]
    pub fn tag_values<K: KnownText, V: KnownText>(mut self, tags: impl IntoIterator<Item = (K, V)>) -> Self {
        let tags: BTreeMap<String, String> = tags.into_iter().map(|(key, value)| (key.into_text(), value.into_text())).collect();
        self.workspaces.add::<Any, _>("tags", tags, Location::caller());
        self
    }

    /// Looks for workspaces in this project, and makes new ones there.
    #[track_caller]
    pub fn project(mut self, name: impl KnownText) -> Self {
        self.workspaces.add::<Any, _>("project", name.into_text(), Location::caller());
        self
    }

    pub(in crate::declare) fn into_body(mut self) -> Body {
        if !self.workspaces.is_empty() {
            self.body.add_block("workspaces", &[], self.workspaces);
        }
        self.body
    }
}

known!(Cloud {
    /// Names the organization.
    organization: text;
    /// Sets the host; HCP Terraform's if none is.
    hostname: text;
});
