//! Text in Terraform's own notation, parsed for what it names: raw expressions were checked when they came in, addresses that were given as text
//! were not.

use hcl_edit::expr::{Expression, ForExpr, FuncCall, Traversal, TraversalOperator};
use hcl_edit::template::ForDirective;
use hcl_edit::visit::{self, Visit};

/// The parser recurses, so what it is given is bounded before; raw expressions are bounded where they come in.
const LONGEST: usize = 16 * 1024;
const MOST_OPENED: usize = 100;
const MOST_OPERATORS: usize = 500;

/// Parses an expression; nothing where it is none, or too large to be looked at.
pub(super) fn parse(text: &str) -> Option<Expression> {
    let count = |wanted: &[char]| text.chars().filter(|c| wanted.contains(c)).count();
    if text.len() > LONGEST || count(&['(', '[', '{']) > MOST_OPENED || count(&['!', '-', '?']) > MOST_OPERATORS {
        return None;
    }
    text.parse().ok()
}

/// What an expression names.
#[derive(Default)]
pub(super) struct Named {
    /// What it reads: a root and the names behind it, without the variables of its own `for`s.
    pub(super) roots: Vec<Vec<String>>,
    /// The functions that it calls, with their namespaces: `provider::aws::arn_parse`.
    pub(super) functions: Vec<String>,
    variables: Vec<String>,
}

/// Returns what an expression names.
pub(super) fn named(text: &str) -> Named {
    let mut named = Named::default();
    if let Some(expression) = parse(text) {
        named.visit_expr(&expression);
    }
    named
}

impl Named {
    fn root(&mut self, names: Vec<String>) {
        if !self.variables.contains(&names[0]) {
            self.roots.push(names);
        }
    }

    fn with_variables(&mut self, variables: impl Iterator<Item = String>, visit: impl FnOnce(&mut Self)) {
        let outer = self.variables.len();
        self.variables.extend(variables);
        visit(self);
        self.variables.truncate(outer);
    }
}

impl Visit for Named {
    fn visit_expr(&mut self, node: &Expression) {
        match node {
            Expression::Variable(root) => self.root(vec![root.to_string().trim().to_owned()]),
            other => visit::visit_expr(self, other),
        }
    }

    fn visit_traversal(&mut self, node: &Traversal) {
        match &node.expr {
            Expression::Variable(root) => {
                let behind = node.operators.iter().map_while(|operator| match operator.value() {
                    TraversalOperator::GetAttr(name) => Some(name.as_str().to_owned()),
                    _ => None,
                });
                let names = [root.as_str().to_owned()].into_iter().chain(behind).collect();
                self.root(names);
            }
            other => self.visit_expr(other),
        }
        node.operators.iter().for_each(|operator| self.visit_traversal_operator(operator));
    }

    fn visit_func_call(&mut self, node: &FuncCall) {
        let namespace = node.name.namespace.iter().map(|name| name.as_str());
        let names: Vec<&str> = namespace.chain([node.name.name.as_str()]).collect();
        self.functions.push(names.join("::"));
        visit::visit_func_call(self, node);
    }

    fn visit_for_expr(&mut self, node: &ForExpr) {
        let intro = &node.intro;
        self.visit_expr(&intro.collection_expr);
        let variables = intro.key_var.iter().chain([&intro.value_var]).map(|variable| variable.as_str().to_owned());
        self.with_variables(variables, |found| {
            node.key_expr.iter().for_each(|key| found.visit_expr(key));
            found.visit_expr(&node.value_expr);
            node.cond.iter().for_each(|cond| found.visit_expr(&cond.expr));
        });
    }

    fn visit_for_directive(&mut self, node: &ForDirective) {
        let start = &node.for_expr;
        self.visit_expr(&start.collection_expr);
        let variables = start.key_var.iter().chain([&start.value_var]).map(|variable| variable.as_str().to_owned());
        self.with_variables(variables, |found| found.visit_template(&start.template));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_read_without_the_variables_of_for() {
        let roots = |text: &str| named(text).roots.iter().map(|names| names.join(".")).collect::<Vec<_>>();
        assert_eq!(roots("var.a + local.b[self.id].c"), ["var.a", "local.b", "self.id"]);
        assert_eq!(roots("[for k, v in x : \"${v.y}${path.module}\" if k]"), ["x", "path.module"]);
        assert_eq!(roots("true ? null : 1"), [""; 0]);
    }

    #[test]
    fn functions_have_their_namespaces() {
        assert_eq!(named("upper(provider::aws::arn_parse(\"a\").b)").functions, ["upper", "provider::aws::arn_parse"]);
    }
}
