//! The least version of Terraform that knows what a stack uses (rule 40 of Terraform's JSON): written down, so that an older one says so itself
//! instead of taking offence at a word that it does not know.

mod constraint;
mod constructs;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Address, Body, Declaration, Expression, Kind, Name, Place};
use constraint::Bounds;
use constructs::{Needs, Use};

/// The argument of the `terraform` block.
const ARGUMENT: &str = "required_version";

/// So many uses are told.
const MOST_SHOWN: usize = 5;

/// A version of Terraform that a declaration needs for a reason which only its provider's schema tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionNeed {
    /// The stack's name.
    pub stack: String,
    /// The declaration.
    pub address: Address,
    /// For people: a noun.
    pub construct: String,
    /// The minor version of Terraform 1.
    pub minor: u64,
}

/// Puts the least version into the `terraform` block among nodes that are sorted by address; there is one afterwards where one is needed. What
/// the program itself says stands, unless it lets a version in that is too old.
pub(super) fn require<'n>(
    nodes: &mut Vec<Declaration>,
    told: impl Iterator<Item = &'n VersionNeed>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) {
    let needs = Needs::of(nodes, told);
    let Some(minor) = needs.minor() else { return };
    let address = Address::new(Kind::Settings, &[""; 0]);
    let needed = format!(">= 1.{minor}");
    let position = match nodes.binary_search_by(|node| node.address.cmp(&address)) {
        Ok(position) => position,
        Err(position) => {
            nodes.insert(position, settings(address, place));
            position
        }
    };
    match nodes[position].body.argument(ARGUMENT) {
        None | Some(Expression::Null) => set(&mut nodes[position].body, needed),
        Some(Expression::Text(own)) => match Bounds::parse(own) {
            Some(bounds) if bounds.exclude(minor) => refuse(&nodes[position], own, &needs, bounds, nodes, diagnostics),
            Some(bounds) if bounds.lowest.is_some() => {}
            Some(_) => {
                let joined = format!("{needed}, {own}");
                set(&mut nodes[position].body, joined);
            }
            // Whether it is one after all, Terraform says.
            None => {}
        },
        // No text: that is refused where it is written.
        Some(_) => {}
    }
}

fn set(body: &mut Body, constraint: String) {
    match body.arguments.binary_search_by(|(name, _)| name.as_ref().cmp(ARGUMENT)) {
        Ok(position) => body.arguments[position].1 = Expression::text(constraint),
        Err(position) => body.arguments.insert(position, (Name::from(ARGUMENT), Expression::text(constraint))),
    }
}

fn settings(address: Address, place: &Place) -> Declaration {
    Declaration {
        address,
        kind: Kind::Settings,
        labels: Vec::new(),
        body: Body::default(),
        meta: Body::default(),
        scope: Vec::new(),
        place: place.clone(),
        protect: false,
        aliases: Vec::new(),
        overrides: Vec::new(),
    }
}

fn refuse(
    settings: &Declaration,
    own: &str,
    needs: &Needs,
    bounds: Bounds,
    nodes: &[Declaration],
    diagnostics: &mut Diagnostics,
) {
    let uses: Vec<&Use> = needs.highest_first().filter(|needed| bounds.exclude(needed.minor)).collect();
    let say = |needed: &&Use| format!("{} in `{}` needs 1.{}", needed.construct, nodes[needed.position].address, needed.minor);
    let mut said: Vec<String> = uses.iter().take(MOST_SHOWN).map(say).collect();
    if uses.len() > MOST_SHOWN {
        said.push(format!("and {} more", uses.len() - MOST_SHOWN));
    }
    let minor = needs.minor().unwrap_or_default();
    let mut diagnostic = Diagnostic::error("version-too-low", "Terraform's version is too low for what the stack uses")
        .detail(format!("`{ARGUMENT}` is `{own}`, but {}.", said.join(", ")))
        .help(format!("Set it to `>= 1.{minor}`, or leave it out: then that is what is written."))
        .at(&settings.place)
        .about(&settings.address);
    for needed in uses.iter().take(MOST_SHOWN) {
        let node = &nodes[needed.position];
        diagnostic = diagnostic.related(format!("{} is used here", needed.construct), &node.place);
    }
    diagnostics.push(diagnostic);
}
