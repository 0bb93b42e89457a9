//! What Terraform refuses in a block whatever its provider: each check says so with the guest's place, before anything is written. None refuses
//! what Terraform accepts; where that depends on a schema or on the state, there is no check, or a warning.

mod conditions;
mod counts;
mod endpoint;
mod imports;
mod meta;
mod moves;
mod provisioners;
mod removals;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Declaration, Kind};

/// Reports what is wrong with each declaration alone, and with those that speak of others; sorted by address.
pub(super) fn refuse(nodes: &[Declaration], diagnostics: &mut Diagnostics) {
    for node in nodes {
        let mut subject = Subject { node, nodes, diagnostics };
        match node.kind {
            Kind::Resource | Kind::Data | Kind::Ephemeral => {
                meta::check(&mut subject);
                counts::check(&mut subject);
                conditions::of_resource(&mut subject);
                provisioners::check(&mut subject);
            }
            Kind::Module => counts::check(&mut subject),
            Kind::Variable => conditions::of_variable(&mut subject),
            Kind::Output => {
                meta::check_output(&mut subject);
                conditions::of_output(&mut subject);
            }
            Kind::Check => {
                conditions::of_check(&mut subject);
                meta::check_own_data(&mut subject);
            }
            Kind::Settings => meta::check_settings(&mut subject),
            Kind::Import => imports::check(&mut subject),
            Kind::Removed => removals::check(&mut subject),
            Kind::Provider | Kind::Local | Kind::Moved => {}
        }
    }
    moves::check(nodes, diagnostics);
}

/// The declaration that is looked at, those beside it, and where its problems go.
struct Subject<'a, 'd> {
    node: &'a Declaration,
    nodes: &'a [Declaration],
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Subject<'a, '_> {
    /// Returns the declaration of an address.
    fn declared(&self, address: &str) -> Option<&'a Declaration> {
        declared(self.nodes, address)
    }

    /// Says what is wrong.
    fn error(&mut self, code: &'static str, summary: &str, detail: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::error(code, summary).detail(detail).help(help);
        self.diagnostics.push(diagnostic.at(&self.node.place).about(&self.node.address));
    }

    /// Says what is probably not meant.
    fn warning(&mut self, code: &'static str, summary: &str, detail: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::warning(code, summary).detail(detail).help(help);
        self.diagnostics.push(diagnostic.at(&self.node.place).about(&self.node.address));
    }
}

/// Returns the declaration of an address among nodes sorted by it.
fn declared<'a>(nodes: &'a [Declaration], address: &str) -> Option<&'a Declaration> {
    let position = nodes.binary_search_by(|node| node.address.as_str().cmp(address)).ok()?;
    Some(&nodes[position])
}
