//! What exists, as Terraform's state tells it: instances of resources with their attributes.

use super::hcl::expression_text;
use super::{Address, Expression};

/// All that a state holds, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Existing {
    /// The instances, those of modules among them.
    pub instances: Vec<ExistingInstance>,
}

/// One object that Terraform manages, or that it read.
#[derive(Clone, Debug, PartialEq)]
pub struct ExistingInstance {
    /// Where it is, with the keys on the way: `module.m["k"].aws_x.y[0]`.
    pub address: Address,
    /// Whether Terraform created it; else a data source read it.
    pub is_managed: bool,
    /// Whether its creation failed half-way: Terraform replaces it.
    pub is_tainted: bool,
    /// The key under which it waits for its destruction, where another object has taken its place.
    pub deposed: Option<String>,
    /// All its attributes, those that the provider computed among them; none where the state has them in the form that Terraform 0.11 wrote.
    pub attributes: Option<Expression>,
    /// Where sensitive values are: names from the outside in. Positions are left out: what one item of a list hides, all of them hide.
    pub sensitive: Vec<Vec<Box<str>>>,
}

/// Returns the key of an instance as it stands in an address: `[0]`, `["k"]`.
pub fn instance_key(key: &Expression) -> String {
    format!("[{}]", expression_text(key))
}
