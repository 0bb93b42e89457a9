//! Expressions that a guest gives in Terraform's own notation: parsed once, so that their references become edges.

use crate::model::Address;
use hcl_edit::expr::{Expression, ForExpr, Traversal, TraversalOperator};
use hcl_edit::template::ForDirective;
use hcl_edit::visit::{self, Visit};

/// The parser recurses, so what it is given is bounded before.
const LONGEST: usize = 16 * 1024;
const MOST_OPENED: usize = 100;
const MOST_OPERATORS: usize = 500;

/// Parses an expression and returns the addresses that it refers to.
///
/// # Errors
/// Text: what is wrong with it.
pub(super) fn addresses(text: &str) -> Result<Vec<Address>, String> {
    let count = |wanted: &[char]| text.chars().filter(|c| wanted.contains(c)).count();
    if text.len() > LONGEST || count(&['(', '[', '{']) > MOST_OPENED || count(&['!', '-', '?']) > MOST_OPERATORS {
        return Err(format!(
            "a raw expression holds at most {LONGEST} bytes, {MOST_OPENED} opening brackets and {MOST_OPERATORS} of `!`, `-` and `?`"
        ));
    }
    let expression: Expression = text.parse().map_err(|error: hcl_edit::parser::Error| {
        let at = error.location();
        format!("`{text}` is no expression: {}, at line {}, column {}", error.message(), at.line(), at.column())
    })?;
    let mut found = References::default();
    found.visit_expr(&expression);
    Ok(found.addresses)
}

#[derive(Default)]
struct References {
    addresses: Vec<Address>,
    /// Variables of the enclosing `for`s: they shadow what has the same name.
    variables: Vec<String>,
}

impl References {
    fn with_variables(&mut self, variables: impl Iterator<Item = String>, visit: impl FnOnce(&mut Self)) {
        let outer = self.variables.len();
        self.variables.extend(variables);
        visit(self);
        self.variables.truncate(outer);
    }
}

impl Visit for References {
    fn visit_traversal(&mut self, node: &Traversal) {
        if let Expression::Variable(root) = &node.expr
            && !self.variables.iter().any(|variable| variable == root.as_str())
        {
            let mut names = vec![root.as_str()];
            names.extend(node.operators.iter().map_while(|operator| match operator.value() {
                TraversalOperator::GetAttr(name) => Some(name.as_str()),
                _ => None,
            }));
            self.addresses.extend(Address::read_by(&names));
        }
        visit::visit_traversal(self, node);
    }

    fn visit_for_expr(&mut self, node: &ForExpr) {
        let intro = &node.intro;
        self.visit_expr(&intro.collection_expr);
        let variables = intro.key_var.iter().chain([&intro.value_var]).map(|variable| variable.to_string().trim().to_owned());
        self.with_variables(variables, |found| {
            node.key_expr.iter().for_each(|key| found.visit_expr(key));
            found.visit_expr(&node.value_expr);
            node.cond.iter().for_each(|cond| found.visit_expr(&cond.expr));
        });
    }

    fn visit_for_directive(&mut self, node: &ForDirective) {
        let start = &node.for_expr;
        self.visit_expr(&start.collection_expr);
        let variables = start.key_var.iter().chain([&start.value_var]).map(|variable| variable.to_string().trim().to_owned());
        self.with_variables(variables, |found| found.visit_template(&start.template));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = addresses(text).unwrap();
        assert_eq!(found.iter().map(Address::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn references_are_found_wherever_they_stand() {
        check("aws_kms_key.logs.arn", &["aws_kms_key.logs"]);
        check("cidrsubnet(var.cidr, 8, local.index[0])", &["var.cidr", "local.index"]);
        check(
            r#""${data.aws_region.current.name}-%{ if var.a }${module.m.out}%{ endif }""#,
            &["data.aws_region.current", "var.a", "module.m"],
        );
    }

    #[test]
    fn what_is_no_reference_is_left_alone() {
        check("[for k, aws_x in each.value : \"${k}-${aws_x.name}-${var.y}\" if aws_x.on]", &["var.y"]);
        check("terraform.workspace == path.module ? count.index : self.id", &[]);
    }

    #[test]
    fn text_that_is_no_expression_is_refused() {
        assert!(addresses("aws_kms_key.logs.").is_err());
        assert!(addresses("1 +").is_err());
        assert!(addresses(&"(".repeat(1000)).is_err());
        assert!(addresses(&"!".repeat(10_000)).is_err());
    }
}
