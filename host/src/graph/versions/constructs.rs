//! What came into Terraform when. Only what an older Terraform refuses, or takes for something else, is in here.

use super::VersionNeed;
use crate::graph::{notation, roots};
use crate::model::{Body, Declaration, Expression, Kind};

/// A construct that a declaration uses.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Use {
    /// For people: a noun without an article.
    pub(super) construct: String,
    /// The minor version of Terraform 1 that it came in.
    pub(super) minor: u64,
    /// Of the declaration.
    pub(super) position: usize,
}

/// What a stack uses: of each version the first few.
#[derive(Default)]
pub(super) struct Needs {
    uses: Vec<Use>,
}

/// Functions that came after Terraform 1.0; what they replaced reads differently.
const FUNCTIONS: [(&str, u64); 8] = [
    ("startswith", 3),
    ("endswith", 3),
    ("timecmp", 3),
    ("strcontains", 5),
    ("plantimestamp", 5),
    ("issensitive", 8),
    ("templatestring", 9),
    ("ephemeralasnull", 10),
];

/// Of the uses of one version, so many are kept.
const MOST_OF_ONE: usize = 10;

impl Needs {
    /// Goes through the declarations of a stack, once; `told` is what schemas tell of them.
    pub(super) fn of<'n>(nodes: &[Declaration], told: impl Iterator<Item = &'n VersionNeed>) -> Needs {
        let mut needs = Needs::default();
        for need in told {
            if let Ok(position) = nodes.binary_search_by(|node| node.address.cmp(&need.address)) {
                Found { needs: &mut needs, position }.add(&need.construct, need.minor);
            }
        }
        for (position, node) in nodes.iter().enumerate() {
            let mut found = Found { needs: &mut needs, position };
            found.kind(node);
            for body in [&node.body, &node.meta] {
                body.each_value(&mut |value| found.value(value));
            }
        }
        needs
    }

    /// Returns the least minor version that knows all of it; none where every version does.
    pub(super) fn minor(&self) -> Option<u64> {
        self.uses.iter().map(|needed| needed.minor).max()
    }

    /// Returns the uses, those that need most first.
    pub(super) fn highest_first(&self) -> impl Iterator<Item = &Use> {
        let mut uses: Vec<&Use> = self.uses.iter().collect();
        uses.sort_by_key(|needed| std::cmp::Reverse(needed.minor));
        uses.into_iter()
    }
}

struct Found<'a> {
    needs: &'a mut Needs,
    position: usize,
}

impl Found<'_> {
    fn add(&mut self, construct: &str, minor: u64) {
        let same = self.needs.uses.iter().filter(|known| known.minor == minor);
        let mut n_same = 0;
        for known in same {
            if known.position == self.position && known.construct == construct {
                return;
            }
            n_same += 1;
        }
        if n_same < MOST_OF_ONE {
            self.needs.uses.push(Use { construct: construct.to_owned(), minor, position: self.position });
        }
    }

    fn kind(&mut self, node: &Declaration) {
        let body = &node.body;
        match node.kind {
            Kind::Settings => self.settings(body),
            Kind::Resource | Kind::Data | Kind::Ephemeral => self.resource(node),
            Kind::Variable => self.variable(node),
            Kind::Output => {
                if body.blocks_named("precondition").next().is_some() {
                    self.add("`precondition`", 2);
                }
                if is_set(body, "ephemeral") {
                    self.add("`ephemeral`", 10);
                }
            }
            Kind::Moved => self.add("`moved`", 1),
            Kind::Check => self.add("`check`", 5),
            Kind::Import => {
                self.add("`import`", 5);
                if body.argument("id").is_some_and(|id| !id.is_constant()) {
                    self.add("an expression as `id` of `import`", 6);
                }
                if is_set(body, "for_each") {
                    self.add("`for_each` of `import`", 7);
                }
                if is_set(body, "identity") {
                    self.add("`identity` of `import`", 12);
                }
            }
            Kind::Removed => {
                self.add("`removed`", 7);
                if body.blocks_named("provisioner").next().is_some() {
                    self.add("`provisioner` of `removed`", 9);
                }
            }
            Kind::Provider | Kind::Local | Kind::Module => {}
        }
    }

    fn settings(&mut self, body: &Body) {
        if body.blocks_named("cloud").next().is_some() {
            self.add("`cloud`", 1);
        }
        let mut s3 = body.blocks_named("backend").filter(|block| block.labels.first().is_some_and(|label| &**label == "s3"));
        if s3.any(|block| is_set(&block.body, "use_lockfile")) {
            self.add("`use_lockfile` of the backend `s3`", 10);
        }
    }

    fn resource(&mut self, node: &Declaration) {
        if node.kind == Kind::Ephemeral {
            self.add("`ephemeral`", 10);
        }
        if node.kind == Kind::Resource && node.labels.first().is_some_and(|kind| &**kind == "terraform_data") {
            self.add("`terraform_data`", 4);
        }
        for lifecycle in node.meta.blocks_named("lifecycle") {
            for name in ["precondition", "postcondition"] {
                if lifecycle.body.blocks_named(name).next().is_some() {
                    self.add(&format!("`{name}`"), 2);
                }
            }
            if is_set(&lifecycle.body, "replace_triggered_by") {
                self.add("`replace_triggered_by`", 2);
            }
        }
    }

    fn variable(&mut self, node: &Declaration) {
        let body = &node.body;
        if is_set(body, "nullable") {
            self.add("`nullable`", 1);
        }
        if let Some(Expression::Text(constraint) | Expression::Symbol(constraint)) = body.argument("type")
            && constraint.contains("optional(")
        {
            self.add("`optional` in a type", 3);
        }
        if is_set(body, "ephemeral") {
            self.add("`ephemeral`", 10);
        }
        for validation in body.blocks_named("validation") {
            let mut reads_others = false;
            roots::each_of_body(&validation.body, &mut |names| {
                let is_own =
                    names[0] == "var" && names.get(1).is_none_or(|name| node.labels.first().is_some_and(|own| **own == **name));
                reads_others |= !is_own;
            });
            if reads_others {
                self.add("a `validation` that reads more than its variable", 9);
            }
        }
    }

    /// Looks for functions, and for the one symbol that is new.
    fn value(&mut self, value: &Expression) {
        match value {
            Expression::Call(call) => self.function(&call.function),
            Expression::Symbol(text) if &**text == "terraform.applying" => self.add("`terraform.applying`", 10),
            Expression::Raw(raw) => self.raw(&raw.0),
            _ => {}
        }
        value.each_child(&mut |child| self.value(child));
    }

    fn function(&mut self, name: &str) {
        if name.starts_with("provider::") {
            self.add(&format!("the function `{name}`"), 8);
        } else if let Some((_, minor)) = FUNCTIONS.iter().find(|(function, _)| *function == name) {
            self.add(&format!("the function `{name}`"), *minor);
        }
    }

    /// Parsed once more where it could name something new, which is seldom.
    fn raw(&mut self, text: &str) {
        let is_suspect = text.contains("provider::") || text.contains("applying");
        if is_suspect || FUNCTIONS.iter().any(|(name, _)| text.contains(name)) {
            let named = notation::named(text);
            named.functions.iter().for_each(|function| self.function(function));
            if named.roots.iter().any(|names| names.iter().map(String::as_str).eq(["terraform", "applying"])) {
                self.add("`terraform.applying`", 10);
            }
        }
    }
}

fn is_set(body: &Body, name: &str) -> bool {
    body.argument(name).is_some_and(|value| *value != Expression::Null)
}
