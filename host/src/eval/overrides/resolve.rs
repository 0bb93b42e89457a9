//! From a path as a program writes it to a place in a declaration; changes nothing.

use super::Content;
use crate::diagnostic::closest;
use crate::eval::request::meta_names;
use crate::model::{Body, Declaration, Expression, Kind, Name, is_identifier};
use std::fmt;

/// A place in a declaration.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) in_meta: bool,
    pub(super) steps: Vec<Step>,
    /// Of a block that is added.
    pub(super) labels: Vec<Name>,
}

/// A step towards a place. The order is such that what comes later in a body or a list is greater.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Argument(Name),
    /// A block by its number among those of its type.
    Block(Name, usize),
    Key(Name),
    Item(usize),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps.iter().enumerate() {
            let dot = if position > 0 { "." } else { "" };
            match step {
                Step::Argument(name) => write!(f, "{dot}{name}")?,
                Step::Block(name, number) => write!(f, "{dot}{name}[{number}]")?,
                Step::Key(key) if is_identifier(key) => write!(f, ".{key}")?,
                Step::Key(key) => write!(f, "[{key:?}]")?,
                Step::Item(number) => write!(f, "[{number}]")?,
            }
        }
        Ok(())
    }
}

/// Why a path leads nowhere.
#[derive(Debug)]
pub(super) struct Miss {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) help: String,
}

impl Miss {
    pub(super) fn new(code: &'static str, message: String, help: impl Into<String>) -> Miss {
        Miss { code, message, help: help.into() }
    }
}

/// Finds the place of an override, and checks that something stands there, or nothing where something is added.
pub(super) fn resolve(declaration: &Declaration, path: &[Name], content: &Content, adds: bool) -> Result<Target, Miss> {
    let (is_body_alone, path) = match path {
        [first, rest @ ..] if first.as_ref() == "_" => (true, rest),
        _ => (false, path),
    };
    let Some(first) = path.first() else {
        return Err(Miss::new("override-misses", "The path is empty.".into(), "Name an argument or a block."));
    };
    let in_meta = !is_body_alone && !has(&declaration.body, first) && belongs_to_meta(declaration, first);
    let mut walk = Walk { path, content, adds, steps: Vec::new(), labels: Vec::new() };
    let body = if in_meta { &declaration.meta } else { &declaration.body };
    walk.body(body, path)?;
    let target = Target { in_meta, steps: walk.steps, labels: walk.labels };
    check_address(declaration, &target)?;
    Ok(target)
}

fn has(body: &Body, name: &str) -> bool {
    body.argument(name).is_some() || body.blocks_named(name).next().is_some()
}

fn belongs_to_meta(declaration: &Declaration, name: &str) -> bool {
    let (arguments, blocks) = meta_names(declaration.kind);
    has(&declaration.meta, name) || arguments.contains(&name) || blocks.contains(&name)
}

/// Others refer to a declaration by its address; what that is made of stays.
fn check_address(declaration: &Declaration, target: &Target) -> Result<(), Miss> {
    let decisive = match declaration.kind {
        Kind::Provider if target.in_meta => "alias",
        Kind::Moved | Kind::Removed => "from",
        Kind::Import => "to",
        // It was checked, and copied where it is local, when the module was declared.
        Kind::Module if target.in_meta => "source",
        _ => return Ok(()),
    };
    let what = match declaration.kind {
        Kind::Module => "is where the module is, which is settled when it is declared",
        _ => "tells this block apart from others of its kind",
    };
    match target.steps.first() {
        Some(Step::Argument(name)) if name.as_ref() == decisive => {
            Err(Miss::new("override-refused", format!("`{decisive}` {what}."), "Declare it with the other value."))
        }
        _ => Ok(()),
    }
}

struct Walk<'a> {
    path: &'a [Name],
    content: &'a Content,
    adds: bool,
    steps: Vec<Step>,
    labels: Vec<Name>,
}

impl Walk<'_> {
    fn body(&mut self, body: &Body, path: &[Name]) -> Result<(), Miss> {
        let [name, rest @ ..] = path else { return Err(self.misses("the path ends at a body")) };
        if let Some(value) = body.argument(name) {
            self.steps.push(Step::Argument(name.clone()));
            return self.value(value, rest);
        }
        if body.blocks_named(name).next().is_some() {
            return self.blocks(body, name, rest);
        }
        let is_new_block = matches!(self.content, Content::Block(_));
        if !self.adds || !(rest.is_empty() || is_new_block) {
            let names = body.arguments.iter().map(|(name, _)| name.as_ref());
            let names = names.chain(body.blocks.iter().map(|block| block.name.as_ref()));
            return Err(self.unknown(name, "argument or block", names.collect()));
        }
        if !is_identifier(name) {
            return Err(self.misses(&format!("{name:?} can be no name of an argument or a block")));
        }
        if is_new_block {
            self.steps.push(Step::Block(name.clone(), 0));
            return self.new_block(rest, 0);
        }
        self.steps.push(Step::Argument(name.clone()));
        Ok(())
    }

    /// Labels of a block that is added, and its number where the path ends with one.
    fn new_block(&mut self, rest: &[Name], wanted: usize) -> Result<(), Miss> {
        let labels = match rest {
            [labels @ .., last] if number(last) == Some(wanted) => labels,
            _ => rest,
        };
        match labels.iter().find(|label| number(label).is_some()) {
            Some(label) => Err(self.misses(&format!("the number of the next block is {wanted}, not {label}"))),
            None => {
                self.labels = labels.to_vec();
                Ok(())
            }
        }
    }

    fn blocks(&mut self, body: &Body, name: &Name, path: &[Name]) -> Result<(), Miss> {
        let all: Vec<_> = body.blocks_named(name).enumerate().collect();
        let n_blocks = all.len();
        let mut chosen = all;
        let mut rest = path;
        let mut n_labels = 0;
        while let [label, behind @ ..] = rest {
            let labelled = |labels: &[Name]| labels.get(n_labels).is_some_and(|known| known == label);
            if !chosen.iter().any(|(_, block)| labelled(&block.labels)) {
                break;
            }
            chosen.retain(|(_, block)| labelled(&block.labels));
            (rest, n_labels) = (behind, n_labels + 1);
        }
        if let [first, behind @ ..] = rest
            && let Some(wanted) = number(first)
        {
            if self.adds && behind.is_empty() && wanted == chosen.len() && matches!(self.content, Content::Block(_)) {
                self.labels = path[..n_labels].to_vec();
                self.steps.push(Step::Block(name.clone(), n_blocks));
                return Ok(());
            }
            if wanted >= chosen.len() {
                return Err(self.misses(&format!("there are {} blocks `{name}`, numbered from 0", chosen.len())));
            }
            chosen = vec![chosen[wanted]];
            rest = behind;
        }
        let unnamed_labels = chosen.iter().any(|(_, block)| block.labels.len() > n_labels);
        if self.adds && unnamed_labels && !rest.is_empty() && matches!(self.content, Content::Block(_)) {
            self.labels = path.to_vec();
            self.steps.push(Step::Block(name.clone(), n_blocks));
            return Ok(());
        }
        let [(position, block)] = chosen[..] else {
            return Err(self.misses(&format!("there are {} blocks `{name}`; say which: `{name}[0]`", chosen.len())));
        };
        self.steps.push(Step::Block(name.clone(), position));
        if rest.is_empty() { self.end(true, "a block") } else { self.body(&block.body, rest) }
    }

    fn value(&mut self, value: &Expression, path: &[Name]) -> Result<(), Miss> {
        let [name, rest @ ..] = path else { return self.end(false, "a value") };
        let adds_here = self.adds && rest.is_empty();
        match value {
            Expression::Object(pairs) => {
                let found = pairs.iter().find(|(key, _)| key.as_text() == Some(name));
                if found.is_none() && !adds_here {
                    return Err(self.unknown(name, "key", pairs.iter().filter_map(|(key, _)| key.as_text()).collect()));
                }
                self.steps.push(Step::Key(name.clone()));
                match found {
                    Some((_, value)) => self.value(value, rest),
                    None => self.new_value(),
                }
            }
            Expression::List(items) => {
                let found = number(name).filter(|wanted| *wanted < items.len() || (adds_here && *wanted == items.len()));
                let Some(wanted) = found else {
                    return Err(self.misses(&format!("`{name}` is no item of the list: it has {}, numbered from 0", items.len())));
                };
                self.steps.push(Step::Item(wanted));
                match items.get(wanted) {
                    Some(value) => self.value(value, rest),
                    None => self.new_value(),
                }
            }
            _ => Err(self.misses(&format!("what stands before `{name}` is neither an object nor a list that is written out"))),
        }
    }

    fn new_value(&self) -> Result<(), Miss> {
        match self.content {
            Content::Block(_) => Err(self.misses("inside a value there can be no block")),
            _ => Ok(()),
        }
    }

    /// The path ends at something that is there.
    fn end(&self, is_block: bool, what: &str) -> Result<(), Miss> {
        if self.adds {
            let message = format!("`{}` is there already: {what}.", self.written());
            return Err(Miss::new("override-exists", message, "To put something else there, replace it instead of adding it."));
        }
        match (self.content, is_block) {
            (Content::Value(_), true) => Err(self.misses("a block stands there, and a value is given; give a body")),
            (Content::Block(_), false) => Err(self.misses("a value stands there, and a block is given; give a value")),
            _ => Ok(()),
        }
    }

    fn unknown(&self, name: &str, noun: &str, known: Vec<&str>) -> Miss {
        let help = match closest(name, known.iter().copied()) {
            Some(close) => format!("did you mean `{close}`?"),
            None if known.is_empty() => String::new(),
            None => {
                let mut known = known;
                known.dedup();
                format!("There is `{}`.", known[..known.len().min(20)].join("`, `"))
            }
        };
        let message = format!("`{}` leads nowhere: there is no {noun} `{name}`.", self.written());
        Miss::new("override-misses", message, help)
    }

    fn misses(&self, why: &str) -> Miss {
        Miss::new("override-misses", format!("`{}` leads nowhere: {why}.", self.written()), "")
    }

    fn written(&self) -> String {
        self.path.join(".")
    }
}

/// Reads a number in its one form: `0`, `12`, not `01`.
fn number(text: &str) -> Option<usize> {
    let number: usize = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}
