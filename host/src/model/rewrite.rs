//! Changing values where they stand: the mutable counterparts of going through them.

use super::{Body, Expression, ForResult};

impl Expression {
    /// Calls `visit` with each direct child, in order, to change it.
    pub fn each_child_mut(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        match self {
            Expression::Null
            | Expression::Bool(_)
            | Expression::Integer(_)
            | Expression::Number(_)
            | Expression::Text(_)
            | Expression::Reference(_)
            | Expression::Symbol(_)
            | Expression::Raw(_)
            | Expression::Masked(_) => {}
            Expression::List(items) | Expression::Template(items) => items.iter_mut().for_each(visit),
            Expression::Object(pairs) => {
                for (key, value) in pairs {
                    visit(key);
                    visit(value);
                }
            }
            Expression::Call(call) => call.arguments.iter_mut().for_each(visit),
            Expression::Attribute(parts) => visit(&mut parts.0),
            Expression::Index(parts) | Expression::Splat(parts) => {
                visit(&mut parts.0);
                visit(&mut parts.1);
            }
            Expression::Conditional(parts) => parts.iter_mut().for_each(visit),
            Expression::Unary(parts) => visit(&mut parts.1),
            Expression::Binary(parts) => {
                visit(&mut parts.1);
                visit(&mut parts.2);
            }
            Expression::For(parts) => {
                visit(&mut parts.collection);
                match &mut parts.result {
                    ForResult::List(value) => visit(value),
                    ForResult::Object { key, value, .. } => {
                        visit(key);
                        visit(value);
                    }
                }
                parts.condition.iter_mut().for_each(visit);
            }
            Expression::DirectiveIf(parts) => {
                visit(&mut parts.0);
                visit(&mut parts.1);
                parts.2.iter_mut().for_each(visit);
            }
            Expression::DirectiveFor(parts) => {
                visit(&mut parts.2);
                visit(&mut parts.3);
            }
        }
    }
}

impl Body {
    /// Calls `visit` with each value of this body and of the blocks in it, to change it; sub-expressions are not visited.
    pub fn each_value_mut(&mut self, visit: &mut impl FnMut(&mut Expression)) {
        for (_, value) in &mut self.arguments {
            visit(value);
        }
        for block in &mut self.blocks {
            block.body.each_value_mut(visit);
        }
    }
}
