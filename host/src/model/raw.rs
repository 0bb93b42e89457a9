//! Expressions that a guest gives in Terraform's own notation: what they read and call.

use hcl_edit::expr::{Expression, ForExpr, FuncCall, Traversal, TraversalOperator};
use hcl_edit::template::ForDirective;
use hcl_edit::visit::{self, Visit};

/// The parser recurses, so what it is given is bounded before.
const LONGEST: usize = 16 * 1024;
const MOST_OPENED: usize = 100;
const MOST_OPERATORS: usize = 500;

/// What an expression in Terraform's notation reads and calls, in the order of its text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct RawUses {
    /// Roots with the names behind them: `aws_kms_key.logs.arn`, `each.key`. Variables of its own `for`s are not among them.
    pub symbols: Vec<String>,
    /// The same reads with all of their steps, as far as these are names and keys.
    pub reads: Vec<RawRead>,
    /// The calls of functions.
    pub calls: Vec<RawCall>,
}

/// A read in an expression in Terraform's notation: a root and the steps from there.
#[derive(Debug, PartialEq, Eq)]
pub struct RawRead {
    /// The root with the names right behind it: `aws_lambda_function.f.environment`.
    pub symbol: String,
    /// What follows the first key.
    pub rest: Vec<RawStep>,
    /// Whether the whole expression is this read.
    pub is_all: bool,
}

/// A step of a read behind its first key.
#[derive(Debug, PartialEq, Eq)]
pub enum RawStep {
    /// `.name`
    Attribute(String),
    /// `[key]`; the key where it is literal text.
    Index(Option<String>),
}

/// A call of a function in an expression in Terraform's notation.
#[derive(Debug, PartialEq, Eq)]
pub struct RawCall {
    /// `jsonencode`, `provider::aws::arn_parse`.
    pub function: String,
    /// The number of arguments.
    pub n_arguments: usize,
    /// Whether the last argument is expanded with `...`.
    pub expand: bool,
}

/// Parses an expression and returns what it uses.
///
/// # Errors
/// Text: what is wrong with it.
pub fn read_raw(text: &str) -> Result<RawUses, String> {
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
    let mut found = References { is_outermost: true, ..References::default() };
    found.visit_expr(&expression);
    Ok(found.uses)
}

#[derive(Default)]
struct References {
    uses: RawUses,
    /// Variables of the enclosing `for`s: they shadow what has the same name.
    variables: Vec<String>,
    /// Whether nothing but a read was met yet.
    is_outermost: bool,
}

impl References {
    fn with_variables(&mut self, variables: impl Iterator<Item = String>, visit: impl FnOnce(&mut Self)) {
        let outer = self.variables.len();
        self.variables.extend(variables);
        visit(self);
        self.variables.truncate(outer);
    }

    fn read(&mut self, names: &[&str], operators: &[hcl_edit::Decorated<TraversalOperator>]) {
        if self.variables.iter().any(|variable| variable == names[0]) {
            return;
        }
        let steps = operators.iter().map_while(|operator| match operator.value() {
            TraversalOperator::GetAttr(name) => Some(RawStep::Attribute(name.to_string())),
            TraversalOperator::Index(key) => Some(RawStep::Index(key.as_str().map(str::to_owned))),
            TraversalOperator::LegacyIndex(_) => Some(RawStep::Index(None)),
            _ => None,
        });
        let rest: Vec<RawStep> = steps.collect();
        let is_all = self.is_outermost && rest.len() == operators.len();
        self.uses.reads.push(RawRead { symbol: names.join("."), rest, is_all });
    }

    fn symbol(&mut self, names: &[&str]) {
        if !self.variables.iter().any(|variable| variable == names[0]) {
            self.uses.symbols.push(names.join("."));
        }
    }
}

impl Visit for References {
    fn visit_expr(&mut self, node: &Expression) {
        if let Expression::Variable(root) = node {
            self.symbol(&[root.as_str()]);
        }
        if !matches!(node, Expression::Traversal(_)) {
            self.is_outermost = false;
        }
        visit::visit_expr(self, node);
    }

    fn visit_traversal(&mut self, node: &Traversal) {
        let Expression::Variable(root) = &node.expr else { return visit::visit_traversal(self, node) };
        let names = node.operators.iter().map_while(|operator| match operator.value() {
            TraversalOperator::GetAttr(name) => Some(name.as_str()),
            _ => None,
        });
        let symbol = [root.as_str()].into_iter().chain(names).collect::<Vec<_>>();
        self.symbol(&symbol);
        self.read(&symbol, &node.operators[symbol.len() - 1..]);
        node.operators.iter().for_each(|operator| self.visit_traversal_operator(operator));
    }

    fn visit_func_call(&mut self, node: &FuncCall) {
        let namespace = node.name.namespace.iter().map(|name| name.as_str());
        let function = namespace.chain([node.name.name.as_str()]).collect::<Vec<_>>().join("::");
        let (n_arguments, expand) = (node.args.iter().count(), node.args.expand_final());
        self.uses.calls.push(RawCall { function, n_arguments, expand });
        visit::visit_func_call(self, node);
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
    fn check(text: &str, symbols: &[&str]) {
        assert_eq!(read_raw(text).unwrap().symbols, symbols);
    }

    #[test]
    fn symbols_are_found_wherever_they_stand() {
        check("aws_kms_key.logs.arn", &["aws_kms_key.logs.arn"]);
        check("cidrsubnet(var.cidr, 8, local.index[0].x)", &["var.cidr", "local.index"]);
        check(
            r#""${data.aws_region.current.name}-%{ if var.a }${module.m.out}%{ endif }""#,
            &["data.aws_region.current.name", "var.a", "module.m.out"],
        );
        check("{ key = plain, (computed.key) = items[each.key][*].id }", &["plain", "computed.key", "items", "each.key"]);
    }

    #[test]
    fn what_is_no_symbol_is_left_alone() {
        check("[for k, x in each.value : \"${k}-${x.name}-${var.y}\" if x.on]", &["each.value", "var.y"]);
        check("terraform.workspace == \"path.module\" ? count.index : true", &["terraform.workspace", "count.index"]);
    }

    #[test]
    fn calls_are_found_with_their_arguments() {
        let call = |function: &str, n_arguments, expand| RawCall { function: function.into(), n_arguments, expand };
        let found = read_raw(r#"upper("${max([1]...)}-${provider::aws::arn_parse(var.a).id}")"#).unwrap().calls;
        assert_eq!(found, [call("upper", 1, false), call("max", 1, true), call("provider::aws::arn_parse", 1, false)]);
    }

    #[test]
    fn text_that_is_no_expression_is_refused() {
        assert!(read_raw("aws_kms_key.logs.").is_err());
        assert!(read_raw("1 +").is_err());
        assert!(read_raw(&"(".repeat(1000)).is_err());
        assert!(read_raw(&"!".repeat(10_000)).is_err());
    }
}
