//! The variables of `dynamic` blocks.

use crate::expr::Value;
use std::cell::RefCell;
use std::panic::Location;

thread_local! {
    /// The variables of the blocks that are being said, from the outermost on.
    static OPEN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Words that mean something else to Terraform where they begin an expression.
const TAKEN: [&str; 13] =
    ["true", "false", "null", "var", "local", "data", "module", "ephemeral", "path", "terraform", "each", "count", "self"];

/// The variable of a `dynamic` block: the type of the blocks that it makes, unless that is taken or an outer block's.
pub(super) struct LoopVariable {
    name: String,
    pub(super) is_default: bool,
}

impl LoopVariable {
    pub(super) fn open(kind: &str) -> LoopVariable {
        OPEN.with_borrow_mut(|open| {
            let is_default = !TAKEN.contains(&kind) && open.iter().all(|outer| outer != kind);
            let name = if is_default { kind.to_owned() } else { format!("{kind}_{}", open.len() + 1) };
            open.push(name.clone());
            LoopVariable { name, is_default }
        })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn part(&self, part: &str, place: &'static Location<'static>) -> Value {
        Value::written(place, |out| out.symbol(format!("{}.{part}", self.name)))
    }
}

impl Drop for LoopVariable {
    fn drop(&mut self) {
        OPEN.with_borrow_mut(|open| open.pop());
    }
}
