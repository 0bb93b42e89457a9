//! Templates and expressions in Terraform's notation, as trees of which two are equal where they mean the same by their form.
//!
//! What says nothing is gone: parentheses, spaces, comments, escapes, templates in templates, the names of `for` variables and of iterators
//! of `dynamic` blocks. `x["k"]` is `x.k`, `x.*.a` is `x[*].a`.

use super::Names;
use crate::model::{Call, Expression, For, ForResult, hcl, json};
use hcl_edit::expr::{self, ObjectKey, TraversalOperator};
use hcl_edit::template::{Directive, Element, HeredocTemplate, Strip, Template};
use unicode_normalization::UnicodeNormalization;

/// Reads a string that Terraform takes for a template. One that cannot be parsed stays the text that it is.
pub(super) fn template(text: &str, names: &mut Names) -> Expression {
    if !text.contains("${") && !text.contains("%{") {
        return plain(text);
    }
    match text.parse::<Template>() {
        Ok(template) => elements(&template, names),
        Err(_) => raw(text),
    }
}

/// Reads a string that Terraform takes for an expression as it stands: an address, a type.
pub(super) fn bare(text: &str, names: &mut Names) -> Expression {
    match text.trim().parse::<expr::Expression>() {
        Ok(parsed) => expression(&parsed, names),
        Err(_) => raw(text),
    }
}

/// Returns literal text in the normal form that Terraform gives it.
pub(super) fn plain(text: &str) -> Expression {
    if text.is_ascii() { Expression::text(text) } else { Expression::text(text.nfc().collect::<String>()) }
}

fn raw(text: &str) -> Expression {
    Expression::Raw(Box::new((text.to_owned(), Vec::new())))
}

fn expression(parsed: &expr::Expression, names: &mut Names) -> Expression {
    match parsed {
        expr::Expression::Null(_) => Expression::Null,
        expr::Expression::Bool(value) => Expression::Bool(*value.value()),
        expr::Expression::Number(value) => {
            // The number itself may be rounded; its text is not.
            let text = value.as_repr().map_or_else(|| value.value().to_string(), |text| text.to_string());
            json::number(&text).unwrap_or(Expression::Number(text.into()))
        }
        expr::Expression::String(text) => plain(text.value()),
        expr::Expression::Array(items) => Expression::List(items.iter().map(|item| expression(item, names)).collect()),
        expr::Expression::Object(object) => {
            let pairs = object.iter().map(|(key, value)| {
                let key = match key {
                    ObjectKey::Ident(name) => plain(name.value()),
                    ObjectKey::Expression(key) => self::expression(key, names),
                };
                (key, expression(value.expr(), names))
            });
            sorted(pairs.collect())
        }
        expr::Expression::StringTemplate(template) => elements_of(template.iter().collect(), (false, false), names),
        expr::Expression::HeredocTemplate(heredoc) => {
            let mut heredoc: HeredocTemplate = (**heredoc).clone();
            if heredoc.indent().is_some() {
                heredoc.dedent();
            }
            elements(&heredoc.template, names)
        }
        expr::Expression::Parenthesis(inner) => expression(inner.inner(), names),
        expr::Expression::Variable(name) => Expression::Symbol(names.meaning(name.value().as_str()).as_ref().into()),
        expr::Expression::Conditional(of) => Expression::Conditional(Box::new([
            expression(&of.cond_expr, names),
            expression(&of.true_expr, names),
            expression(&of.false_expr, names),
        ])),
        expr::Expression::FuncCall(call) => {
            let mut function: String = call.name.namespace.iter().map(|part| format!("{}::", part.value().as_str())).collect();
            function.push_str(call.name.name.value());
            let arguments = call.args.iter().map(|argument| expression(argument, names)).collect();
            Expression::Call(Box::new(Call { function: function.into(), arguments, expand: call.args.expand_final() }))
        }
        expr::Expression::Traversal(of) => {
            let start = expression(&of.expr, names);
            let operators: Vec<&TraversalOperator> = of.operators.iter().map(|operator| operator.value()).collect();
            traversal(start, &operators, names)
        }
        expr::Expression::UnaryOp(of) => match (of.operator.value().to_string(), expression(&of.expr, names)) {
            (sign, number @ (Expression::Integer(_) | Expression::Number(_))) if sign == "-" => {
                let text = hcl::expression_text(&number);
                let negative = text.strip_prefix('-').map_or_else(|| format!("-{text}"), str::to_owned);
                json::number(&negative).unwrap_or(Expression::Number(negative.into()))
            }
            (operator, operand) => Expression::Unary(Box::new((operator.into(), operand))),
        },
        expr::Expression::BinaryOp(of) => Expression::Binary(Box::new((
            of.operator.value().to_string().into(),
            expression(&of.lhs_expr, names),
            expression(&of.rhs_expr, names),
        ))),
        expr::Expression::ForExpr(of) => for_expression(of, names),
    }
}

fn for_expression(of: &expr::ForExpr, names: &mut Names) -> Expression {
    let collection = expression(&of.intro.collection_expr, names);
    let key = of.intro.key_var.as_ref().map(|name| name.value().as_str());
    let (key, value) = names.enter_for(key, of.intro.value_var.value().as_str());
    let result = match &of.key_expr {
        None => ForResult::List(expression(&of.value_expr, names)),
        Some(key) => {
            ForResult::Object { key: expression(key, names), value: expression(&of.value_expr, names), grouping: of.grouping }
        }
    };
    let condition = of.cond.as_ref().map(|condition| expression(&condition.expr, names));
    names.leave();
    let of = For { key: None, value, collection, result, condition };
    let mut of = Expression::For(Box::new(of));
    let key = key.filter(|key| mentions(&of, key));
    if let Expression::For(parts) = &mut of {
        parts.key = key;
    }
    of
}

/// Tells whether a variable is used: one that is not says nothing.
fn mentions(expression: &Expression, variable: &str) -> bool {
    let mut found = matches!(expression, Expression::Symbol(name) if **name == *variable);
    expression.each_child(&mut |child| found = found || mentions(child, variable));
    found
}

fn traversal(start: Expression, operators: &[&TraversalOperator], names: &mut Names) -> Expression {
    let mut value = start;
    for (position, operator) in operators.iter().enumerate() {
        value = match operator {
            TraversalOperator::GetAttr(name) => attribute(value, name.value()),
            TraversalOperator::Index(key) => index(value, expression(key, names)),
            TraversalOperator::LegacyIndex(position) => {
                index(value, json::number(&position.value().to_string()).unwrap_or(Expression::Null))
            }
            TraversalOperator::FullSplat(_) => {
                let projection = traversal(Expression::Symbol("*".into()), &operators[position + 1..], names);
                return Expression::Splat(Box::new((value, projection)));
            }
            // Attributes belong to each item, what follows them to the list of all.
            TraversalOperator::AttrSplat(_) => {
                let rest = &operators[position + 1..];
                let n_names = rest.iter().take_while(|operator| matches!(operator, TraversalOperator::GetAttr(_))).count();
                let projection = traversal(Expression::Symbol("*".into()), &rest[..n_names], names);
                let splat = Expression::Splat(Box::new((value, projection)));
                return traversal(splat, &rest[n_names..], names);
            }
        };
    }
    value
}

fn attribute(of: Expression, name: &str) -> Expression {
    let name = match plain(name) {
        Expression::Text(text) => text.as_ref().into(),
        _ => name.into(),
    };
    Expression::Attribute(Box::new((of, name)))
}

fn index(of: Expression, key: Expression) -> Expression {
    match key {
        Expression::Text(name) if !name.is_empty() && !name.bytes().all(|byte| byte.is_ascii_digit()) => attribute(of, &name),
        key => Expression::Index(Box::new((of, key))),
    }
}

fn elements(template: &Template, names: &mut Names) -> Expression {
    elements_of(template.iter().collect(), (false, false), names)
}

/// Reads the elements of a template whose neighbours strip spaces at its ends, or do not.
fn elements_of(elements: Vec<&Element>, strips: (bool, bool), names: &mut Names) -> Expression {
    let mut parts = Vec::new();
    for (position, element) in elements.iter().enumerate() {
        match element {
            Element::Literal(text) => {
                let before = position.checked_sub(1).map(|before| ends(elements[before]).1);
                let after = elements.get(position + 1).map(|after| ends(after).0);
                let mut text = text.value().as_str();
                if before.unwrap_or(strips.0) {
                    text = text.trim_start();
                }
                if after.unwrap_or(strips.1) {
                    text = text.trim_end();
                }
                parts.push(plain(text));
            }
            Element::Interpolation(of) => parts.push(expression(&of.expr, names)),
            Element::Directive(of) => parts.push(directive(of, names)),
        }
    }
    let is_alone = parts.len() == 1 && matches!(elements[..], [Element::Interpolation(_)]);
    if is_alone && let Some(only) = parts.pop() { only } else { joined(parts) }
}

/// Whether an element strips the spaces before and after it.
fn ends(element: &Element) -> (bool, bool) {
    let both = |start: Strip, end: Strip| (start.strip_start(), end.strip_end());
    match element {
        Element::Literal(_) => (false, false),
        Element::Interpolation(of) => both(of.strip, of.strip),
        Element::Directive(of) => match &**of {
            Directive::If(of) => both(of.if_expr.strip, of.endif_expr.strip),
            Directive::For(of) => both(of.for_expr.strip, of.endfor_expr.strip),
        },
    }
}

fn directive(of: &Directive, names: &mut Names) -> Expression {
    match of {
        Directive::If(of) => {
            let condition = expression(&of.if_expr.cond_expr, names);
            let first_end = of.else_expr.as_ref().map_or(of.endif_expr.strip, |otherwise| otherwise.strip);
            let then =
                elements_of(of.if_expr.template.iter().collect(), (of.if_expr.strip.strip_end(), first_end.strip_start()), names);
            let otherwise = of.else_expr.as_ref().map(|otherwise| {
                let strips = (otherwise.strip.strip_end(), of.endif_expr.strip.strip_start());
                as_text(elements_of(otherwise.template.iter().collect(), strips, names))
            });
            Expression::DirectiveIf(Box::new((condition, as_text(then), otherwise)))
        }
        Directive::For(of) => {
            let collection = expression(&of.for_expr.collection_expr, names);
            let key = of.for_expr.key_var.as_ref().map(|name| name.value().as_str());
            let (key, value) = names.enter_for(key, of.for_expr.value_var.value().as_str());
            let strips = (of.for_expr.strip.strip_end(), of.endfor_expr.strip.strip_start());
            let body = elements_of(of.for_expr.template.iter().collect(), strips, names);
            names.leave();
            let key = key.filter(|key| mentions(&body, key));
            Expression::DirectiveFor(Box::new((key, value, collection, as_text(body))))
        }
    }
}

fn as_text(value: Expression) -> Expression {
    if hcl::is_text(&value) { value } else { Expression::Template(vec![value]) }
}

/// Puts parts of a template together: templates in it are parts of it, and neighbouring literals one.
pub(super) fn joined(parts: Vec<Expression>) -> Expression {
    let mut flat: Vec<Expression> = Vec::new();
    let mut add = |part: Expression| match (flat.last_mut(), part) {
        (_, Expression::Text(text)) if text.is_empty() => {}
        (Some(Expression::Text(before)), Expression::Text(text)) => *before = format!("{before}{text}").into(),
        (_, part) => flat.push(part),
    };
    for part in parts {
        match part {
            Expression::Template(inner) => inner.into_iter().for_each(&mut add),
            part => add(part),
        }
    }
    match &flat[..] {
        [] => Expression::text(""),
        [Expression::Text(_)] => flat.swap_remove(0),
        _ => Expression::Template(flat),
    }
}

/// Returns an object whose keys are in their one order: plain ones by their text, then computed ones.
pub(super) fn sorted(mut pairs: Vec<(Expression, Expression)>) -> Expression {
    pairs.sort_by_cached_key(|(key, _)| match key {
        Expression::Text(text) => (false, text.to_string()),
        computed => (true, hcl::expression_text(computed)),
    });
    Expression::Object(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(one: &str, other: &str) {
        let read = |text: &str| template(text, &mut Names::default());
        assert_eq!(read(one), read(other), "{one} and {other}");
        assert!(!matches!(read(one), Expression::Raw(_)), "{one} was not parsed");
    }

    #[track_caller]
    fn different(one: &str, other: &str) {
        let read = |text: &str| template(text, &mut Names::default());
        assert_ne!(read(one), read(other), "{one} and {other}");
    }

    #[test]
    fn what_says_nothing_is_gone() {
        same("${aws_x.y.arn}", "${ (aws_x.y.arn) }");
        same("${aws_x.y.tags[\"k\"]}", "${aws_x.y.tags.k}");
        same("${aws_x.y.*.id}", "${aws_x.y[*].id}");
        same("a${\"b${var.c}\"}d", "ab${var.c}d");
        same("$${x}-${var.y}", "${\"$${x}\"}-${var.y}");
        same("${\"$$\"}${var.y}", "${\"$$\"}${ var.y }");
        same("a  ${~ var.x ~}  b", "a${var.x}b");
        same("${{ a = 1, b = 2.0 }}", "${{\"b\" = 2, \"a\" : 1}}");
        same("${[for k, v in var.x : v.name if k != 1]}", "${[for key, val in var.x: val.name if key != 1]}");
        same("%{ if var.a }x%{ else }y%{ endif }", "%{if var.a}x%{else}y%{endif}");
        same("${[for k, v in var.x : v.name]}", "${[for v in var.x : v.name]}");
        same("${-1}", "${-(1)}");
        same("${<<EOT\nline ${var.x}\nEOT\n}", "line ${var.x}\n");
        same("${provider::aws::f(var.x...)}", "${provider::aws::f( var.x... )}");
    }

    #[test]
    fn what_says_something_stays() {
        different("${aws_x.y.arn}", "${aws_x.y.arn} ");
        different("${var.x}", "$${var.x}");
        different("${[for v in var.x : v.a]}", "${[for v in var.x : v.b]}");
        different("${[for v in var.x : [for w in v : v]]}", "${[for v in var.x : [for w in v : w]]}");
        different("${x.*.a[0]}", "${x[*].a[0]}");
        different("${a.b - (c.d - e.f)}", "${a.b - c.d - e.f}");
        different("${0.1}", "${0.10000000000000000001}");
    }

    #[test]
    fn what_cannot_be_parsed_stays_text() {
        let read = template("${aws_x.", &mut Names::default());
        assert_eq!(read, raw("${aws_x."));
        for deep in ["(", "[", "{", "!", "-", "\"${", "f(", "[for x in ", "%{if "] {
            let text = format!("${{{}", deep.repeat(3_000));
            assert!(matches!(template(&text, &mut Names::default()), Expression::Raw(_)), "{deep}");
        }
    }
}
