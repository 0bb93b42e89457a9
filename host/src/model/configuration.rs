//! What a configuration says that was read back from Terraform's JSON.

use super::{Address, Expression, Kind, Name};
use std::collections::BTreeMap;

/// A whole configuration, by address. Two that mean the same to Terraform are equal wherever that can be seen without a provider's schema.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Configuration {
    /// What is declared.
    pub blocks: BTreeMap<Address, ConfiguredBlock>,
    /// The stack's name, where a comment of CDKTF's tells it.
    pub stack: Option<String>,
}

/// One block at its address.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfiguredBlock {
    /// Which kind.
    pub kind: Kind,
    /// The resource's type; the kinds without types have none.
    pub type_name: Option<Name>,
    /// Arguments and nested blocks: an object with sorted keys. A nested block that stands once is an object, of several a list of objects.
    pub content: Expression,
}
