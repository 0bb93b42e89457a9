//! Ephemeral values where Terraform would have to store them: in outputs, in what data sources read, in `count` and `for_each`.
//!
//! Only what is sure is refused. Some functions take the mark away (`can`, `length` of a list), an element of a list need not carry it, and an
//! argument of a resource may be write-only, which its schema says.

use super::ResourceGraph;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Address, Body, Declaration, Expression, Kind};

/// How much of a value is ephemeral.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    /// Something in it.
    Part,
    /// All of it.
    Whole,
}

/// Functions whose result is not ephemeral, or not surely. Of the others it is where an argument is.
const HIDING: [&str; 10] =
    ["can", "coalesce", "coalescelist", "ephemeralasnull", "issensitive", "keys", "length", "lookup", "nonsensitive", "try"];

/// Reports each; `edges` are those of `nodes`, which are sorted by address.
pub(super) fn refuse(nodes: &[Declaration], edges: &[Vec<u32>], diagnostics: &mut Diagnostics) {
    if !nodes.iter().any(is_source) {
        return;
    }
    let marks = Marks { nodes, marks: marks(nodes, edges) };
    for node in nodes {
        let found = match node.kind {
            Kind::Output if node.body.argument("ephemeral") == Some(&Expression::Bool(true)) => None,
            Kind::Output => marks.in_arguments(&node.body, &["value"]),
            Kind::Resource if node.labels[0].as_ref() == "terraform_data" => {
                repetition(&marks, node).or_else(|| marks.in_arguments(&node.body, &["input", "triggers_replace"]))
            }
            Kind::Data => repetition(&marks, node).or_else(|| marks.in_body(&node.body)),
            Kind::Resource | Kind::Module | Kind::Ephemeral => repetition(&marks, node),
            _ => None,
        };
        if let Some(argument) = found {
            diagnostics.push(
                Diagnostic::error("ephemeral-value", "Ephemeral value not allowed")
                    .detail(format!(
                        "`{argument}` holds an ephemeral value, and Terraform keeps no such value beyond one run; what {} holds is kept.",
                        node.kind.a_noun()
                    ))
                    .help("Use a value that is not ephemeral; write-only arguments, providers and provisioners take ephemeral ones.")
                    .at(&node.place)
                    .about(&node.address),
            );
        }
    }
}

fn repetition<'a>(marks: &Marks<'_>, node: &'a Declaration) -> Option<&'a str> {
    marks.in_arguments(&node.meta, &["count", "for_each"])
}

fn is_source(node: &Declaration) -> bool {
    let is_marked = || node.body.argument("ephemeral") == Some(&Expression::Bool(true));
    node.kind == Kind::Ephemeral || node.kind == Kind::Variable && is_marked()
}

/// Returns the mark of each variable, local value and ephemeral resource. Local values are looked at after those that they read; what is in a
/// cycle, or behind one, is reported as such.
fn marks(nodes: &[Declaration], edges: &[Vec<u32>]) -> Vec<Mark> {
    let source = |node| if is_source(node) { Mark::Whole } else { Mark::None };
    let mut marks = Marks { nodes, marks: nodes.iter().map(source).collect() };
    let is_local = |position: usize| nodes[position].kind == Kind::Local;
    let mut is_done = vec![false; nodes.len()];
    for start in (0..nodes.len()).filter(|position| is_local(*position)) {
        let mut waiting = vec![(start, false)];
        while let Some((position, is_ready)) = waiting.pop() {
            if is_ready {
                let value = nodes[position].body.argument("value");
                marks.marks[position] = value.map_or(Mark::None, |value| marks.of(value));
            } else if !std::mem::replace(&mut is_done[position], true) {
                waiting.push((position, true));
                let read = edges[position].iter().map(|read| *read as usize);
                waiting.extend(read.filter(|read| is_local(*read) && !is_done[*read]).map(|read| (read, false)));
            }
        }
    }
    marks.marks
}

/// Which values of a graph are ephemeral.
pub struct EphemeralMarks<'a>(Marks<'a>);

impl<'a> EphemeralMarks<'a> {
    /// Looks at a whole graph; nothing where no value in it is ephemeral.
    pub fn of(graph: &'a ResourceGraph) -> Option<EphemeralMarks<'a>> {
        let nodes = &graph.nodes[..];
        nodes.iter().any(is_source).then(|| EphemeralMarks(Marks { nodes, marks: marks(nodes, &graph.edges) }))
    }

    /// Tells whether a value surely is ephemeral, or holds something that is.
    pub fn is_ephemeral(&self, value: &Expression) -> bool {
        self.0.of(value) != Mark::None
    }
}

struct Marks<'a> {
    nodes: &'a [Declaration],
    marks: Vec<Mark>,
}

impl Marks<'_> {
    fn in_arguments<'b>(&self, body: &'b Body, names: &[&str]) -> Option<&'b str> {
        let mut arguments = body.arguments.iter().filter(|(name, _)| names.contains(&&**name));
        arguments.find(|(_, value)| self.of(value) != Mark::None).map(|(name, _)| &**name)
    }

    fn in_body<'b>(&self, body: &'b Body) -> Option<&'b str> {
        let own = body.arguments.iter().find(|(_, value)| self.of(value) != Mark::None).map(|(name, _)| &**name);
        // What a dynamic block goes through, and reads of it, is another matter.
        let mut blocks = body.blocks.iter().filter(|block| &*block.name != "dynamic");
        own.or_else(|| blocks.find_map(|block| self.in_body(&block.body)))
    }

    /// Returns what is sure of a value.
    fn of(&self, value: &Expression) -> Mark {
        match value {
            Expression::Reference(reference) => self.read(&reference.to, !reference.path.is_empty()),
            Expression::Symbol(text) => {
                let names: Vec<&str> = text.split('.').collect();
                Address::read_by(&names).map_or(Mark::None, |address| self.read(&address, address.as_str() != &**text))
            }
            Expression::List(items) => self.part(items.iter()),
            Expression::Object(pairs) => self.part(pairs.iter().map(|(_, value)| value)),
            Expression::Template(parts) => self.any_whole(parts.iter()),
            Expression::Call(call) if !HIDING.contains(&call.function.as_ref()) => self.any_whole(call.arguments.iter()),
            Expression::Attribute(parts) => self.any_whole([&parts.0]),
            Expression::Index(parts) => self.any_whole([&parts.0]),
            Expression::Unary(parts) => self.any_whole([&parts.1]),
            Expression::Binary(parts) => self.any_whole([&parts.1, &parts.2]),
            _ => Mark::None,
        }
    }

    fn part<'b>(&self, items: impl IntoIterator<Item = &'b Expression>) -> Mark {
        let is_any = items.into_iter().any(|item| self.of(item) != Mark::None);
        if is_any { Mark::Part } else { Mark::None }
    }

    fn any_whole<'b>(&self, items: impl IntoIterator<Item = &'b Expression>) -> Mark {
        let is_any = items.into_iter().any(|item| self.of(item) == Mark::Whole);
        if is_any { Mark::Whole } else { Mark::None }
    }

    fn read(&self, address: &Address, is_within: bool) -> Mark {
        let position = self.nodes.binary_search_by(|node| node.address.cmp(address));
        match position.map_or(Mark::None, |position| self.marks[position]) {
            Mark::Part if is_within => Mark::None,
            mark => mark,
        }
    }
}
