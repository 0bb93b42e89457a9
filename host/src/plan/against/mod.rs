//! Two configurations side by side: one that is deployed, and one that is to take its place.
//!
//! Both were read the same way, so whatever differs here differs in what they say. What only a provider's schema could decide is never taken
//! for equal without a word: it is a finding of its own [`Likeness`].

pub(super) mod document;
pub(super) mod findings;
#[cfg(test)]
mod tests;

use super::diff::Difference;
use crate::model::hcl::expression_text;
use crate::model::{Address, Configuration, ConfiguredBlock, Expression, Kind};
use std::collections::{BTreeMap, HashSet};

/// How alike two values are that are not written alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The program says which versions of Terraform may read it, and the file does not: nothing that exists is touched.
    Requirement,
    /// The same JSON document in other text. A provider that compares documents sees no difference, one that compares text does.
    SameDocument,
    /// `30` and `"30"`, `true` and `"true"`: Terraform converts one to the other wherever the argument has a type.
    SameValue,
    /// The same items in another order.
    OtherOrder,
    /// They say different things.
    Different,
}

impl Likeness {
    /// Tells whether this is a difference in what is said, not only in how.
    pub fn is_real(self) -> bool {
        matches!(self, Likeness::OtherOrder | Likeness::Different)
    }
}

/// One place in which two blocks are not alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<'a> {
    /// How alike both sides are.
    pub likeness: Likeness,
    /// Where, and both sides: the file's is `before`, the program's `after`.
    pub difference: Difference<'a>,
    /// What to know about it.
    pub note: Option<&'static str>,
}

/// What is at one address on both sides, and not alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared<'a> {
    /// Where.
    pub address: &'a Address,
    /// What it is.
    pub kind: Kind,
    /// At least one.
    pub findings: Vec<Finding<'a>>,
}

impl Compared<'_> {
    /// Tells whether anything in it is a difference in what is said.
    pub fn is_real(&self) -> bool {
        self.findings.iter().any(|finding| finding.likeness.is_real())
    }
}

/// Two addresses of one thing: one that the program moves, or one that has the same type and content, so that Terraform would destroy the
/// one and create the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renamed<'a> {
    /// The address in the file.
    pub file: &'a Address,
    /// The address in the program.
    pub program: &'a Address,
}

/// How a program's configuration differs from one in a file. Addresses are sorted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison<'a> {
    /// What only the file has.
    pub only_file: Vec<(&'a Address, Kind)>,
    /// What only the program has.
    pub only_program: Vec<(&'a Address, Kind)>,
    /// What both have, and not alike.
    pub compared: Vec<Compared<'a>>,
    /// What the program moves by a block `moved`: nothing of it is destroyed.
    pub moved: Vec<Renamed<'a>>,
    /// Pairs among what only one side has; nothing is taken off the lists for it.
    pub renamed: Vec<Renamed<'a>>,
    /// How many addresses are alike on both sides.
    pub n_same: usize,
}

impl Comparison<'_> {
    /// Tells whether both say the same.
    pub fn is_same(&self) -> bool {
        self.only_file.is_empty()
            && self.only_program.is_empty()
            && self.moved.is_empty()
            && !self.compared.iter().any(Compared::is_real)
    }

    /// Returns how many addresses have a difference in what is said.
    pub fn n_changed(&self) -> usize {
        self.compared.iter().filter(|compared| compared.is_real()).count()
    }

    /// Returns how many findings there are of a likeness.
    pub fn count(&self, likeness: Likeness) -> usize {
        self.compared.iter().flat_map(|compared| &compared.findings).filter(|finding| finding.likeness == likeness).count()
    }
}

/// Compares what a file says with what a program says.
pub fn compare<'a>(file: &'a Configuration, program: &'a Configuration) -> Comparison<'a> {
    let moves = moves(file, program);
    let mut comparison = Comparison::default();
    for (address, block) in &file.blocks {
        let here = program.blocks.get_key_value(address).or_else(|| program.blocks.get_key_value(*moves.get(address)?));
        let Some((there, other)) = here else {
            comparison.only_file.push((address, block.kind));
            continue;
        };
        if there != address {
            comparison.moved.push(Renamed { file: address, program: there });
        }
        let findings = findings::of(block.kind, &block.content, &other.content);
        if findings.is_empty() {
            comparison.n_same += 1;
        } else {
            comparison.compared.push(Compared { address: there, kind: block.kind, findings });
        }
    }
    let targets: HashSet<&Address> = comparison.moved.iter().map(|pair| pair.program).collect();
    let only = program.blocks.iter().filter(|(address, _)| !file.blocks.contains_key(*address) && !targets.contains(address));
    comparison.only_program = only.map(|(address, block)| (address, block.kind)).collect();
    comparison.renamed = renamed(&comparison, file, program);
    comparison
}

/// Returns the moves of the program that count: from what only the file has to what only the program has.
fn moves<'a>(file: &Configuration, program: &'a Configuration) -> BTreeMap<Address, &'a Address> {
    let blocks = program.blocks.values().filter(|block| block.kind == Kind::Moved);
    let ends = blocks.filter_map(|block| {
        let Expression::Object(pairs) = &block.content else { return None };
        let end = |name| pairs.iter().find(|(key, _)| key.as_text() == Some(name)).map(|(_, value)| expression_text(value));
        let from = Address::from_text(&end("from")?);
        let (to, _) = program.blocks.get_key_value(end("to")?.as_str())?;
        let counts = file.blocks.contains_key(&from) && !program.blocks.contains_key(&from) && !file.blocks.contains_key(to);
        counts.then_some((from, to))
    });
    ends.collect()
}

/// Pairs what only one side has by content that is unique on both.
fn renamed<'a>(comparison: &Comparison<'a>, file: &'a Configuration, program: &'a Configuration) -> Vec<Renamed<'a>> {
    type Alike<'a> = (Vec<&'a Address>, Vec<&'a Address>);
    let key = |of: &'a Configuration, address: &Address| {
        let ConfiguredBlock { kind, type_name, content } = of.blocks.get(address)?;
        let movable = matches!(kind, Kind::Resource | Kind::Module) && *content != Expression::Object(Vec::new());
        movable.then(|| (*kind, type_name.clone(), expression_text(content)))
    };
    let mut groups: BTreeMap<_, Alike<'a>> = BTreeMap::new();
    for (address, _) in &comparison.only_file {
        if let Some(key) = key(file, address) {
            groups.entry(key).or_default().0.push(address);
        }
    }
    for (address, _) in &comparison.only_program {
        if let Some(group) = key(program, address).and_then(|key| groups.get_mut(&key)) {
            group.1.push(address);
        }
    }
    let pairs = groups.into_values().filter_map(|(file, program)| match (&file[..], &program[..]) {
        ([file], [program]) => Some(Renamed { file, program }),
        _ => None,
    });
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_by_key(|pair| pair.program);
    pairs
}
