//! Arguments that name something instead of reading it: Terraform wants them as bare text, without `${…}`.

use super::json::{Json, Members, Subject};
use crate::model::{Address, Expression, hcl};
use std::borrow::Cow;

/// Returns `depends_on`: whole things only.
pub(super) fn depends_on<'a>(subject: &mut Subject<'_>, expression: &'a Expression) -> Option<Json<'a>> {
    list(subject, "depends_on", expression, |item| match item {
        Expression::Reference(reference) if reference.path.is_empty() => Some(Cow::Borrowed(reference.to.as_str())),
        Expression::Symbol(text) if is_whole(text) => Some(Cow::Borrowed(text)),
        Expression::Raw(parts) => Some(Cow::Borrowed(&parts.0)),
        // One instance, to Terraform as good as all of them.
        Expression::Index(parts) if is_whole_reference(&parts.0) && parts.1.is_constant() => {
            Some(hcl::expression_text(item).into())
        }
        _ => None,
    })
}

fn is_whole_reference(item: &Expression) -> bool {
    match item {
        Expression::Reference(reference) => reference.path.is_empty(),
        Expression::Symbol(text) => is_whole(text),
        _ => false,
    }
}

/// Tells whether nothing is read of what a symbol names. An output of a module is a whole thing to Terraform.
fn is_whole(symbol: &str) -> bool {
    let names: Vec<&str> = symbol.split('.').collect();
    let is_output = names[0] == "module" && names.len() == 3;
    is_output || Address::read_by(&names).is_none_or(|address| address.as_str() == symbol)
}

/// Returns `replace_triggered_by`: things and their attributes.
pub(super) fn replace_triggered_by<'a>(subject: &mut Subject<'_>, expression: &'a Expression) -> Option<Json<'a>> {
    list(subject, "replace_triggered_by", expression, |item| is_traversal(item).then(|| hcl::expression_text(item).into()))
}

/// Returns `ignore_changes`: the word `all`, or paths of arguments.
pub(super) fn ignore_changes<'a>(subject: &mut Subject<'_>, expression: &'a Expression) -> Option<Json<'a>> {
    if matches!(expression, Expression::Symbol(word) if &**word == "all") {
        return Some(Json::Text(Cow::Borrowed("all")));
    }
    list(subject, "ignore_changes", expression, |item| match item {
        // Terraform would look for an argument of that name.
        Expression::Text(word) | Expression::Symbol(word) if &**word == "all" => None,
        Expression::Text(path) | Expression::Symbol(path) => Some(Cow::Borrowed(&**path)),
        _ => None,
    })
}

/// Returns an address as `moved`, `import` and `removed` want it.
pub(super) fn address<'a>(subject: &mut Subject<'_>, name: &str, expression: &'a Expression) -> Option<Json<'a>> {
    match expression {
        Expression::Text(text) => Some(Json::Text(Cow::Borrowed(text))),
        other if is_traversal(other) => Some(Json::Text(hcl::expression_text(other).into())),
        _ => {
            not_a_reference(subject, name);
            None
        }
    }
}

/// Returns a provider configuration, `aws` or `aws.west`; `null` is left out.
pub(super) fn provider<'a>(subject: &mut Subject<'_>, expression: &'a Expression) -> Option<Json<'a>> {
    if *expression == Expression::Null {
        return None;
    }
    let name = provider_name(expression);
    if name.is_none() {
        not_a_reference(subject, "provider");
    }
    name.map(|name| Json::Text(Cow::Borrowed(name)))
}

/// Returns a module's `providers`: its own names, and the configurations that it gets under them.
pub(super) fn providers<'a>(subject: &mut Subject<'_>, expression: &'a Expression) -> Option<Json<'a>> {
    let Expression::Object(pairs) = expression else {
        if *expression != Expression::Null {
            not_a_reference(subject, "providers");
        }
        return None;
    };
    let mut members = Members::default();
    for (key, value) in pairs {
        match (key.as_text(), provider_name(value)) {
            (Some(key), Some(name)) => members.insert(key, Json::Text(Cow::Borrowed(name))),
            _ => not_a_reference(subject, "providers"),
        }
    }
    Some(members.into_json(subject))
}

/// Returns the `configuration_aliases` of a required provider.
pub(super) fn configuration_aliases<'a>(subject: &mut Subject<'_>, expression: &'a Expression) -> Option<Json<'a>> {
    list(subject, "configuration_aliases", expression, |item| provider_name(item).map(Cow::Borrowed))
}

/// Returns the name of a provider configuration as Terraform writes it.
pub(super) fn provider_name(expression: &Expression) -> Option<&str> {
    match expression {
        Expression::Reference(reference) if reference.path.is_empty() => reference.to.as_str().strip_prefix("provider."),
        Expression::Symbol(text) | Expression::Text(text) => Some(text.strip_prefix("provider.").unwrap_or(text)),
        _ => None,
    }
}

/// Tells whether an expression is a root with names and indices behind it.
fn is_traversal(expression: &Expression) -> bool {
    match expression {
        Expression::Reference(_) | Expression::Symbol(_) => true,
        Expression::Raw(parts) => !parts.0.contains('\n'),
        Expression::Attribute(parts) => is_traversal(&parts.0),
        Expression::Index(parts) => is_traversal(&parts.0),
        _ => false,
    }
}

fn list<'a>(
    subject: &mut Subject<'_>,
    name: &str,
    expression: &'a Expression,
    text_of: impl Fn(&'a Expression) -> Option<Cow<'a, str>>,
) -> Option<Json<'a>> {
    match expression {
        Expression::Null => None,
        Expression::List(items) => {
            let mut texts = Vec::with_capacity(items.len());
            for item in items {
                match text_of(item) {
                    Some(text) => texts.push(Json::Text(text)),
                    None => not_a_reference(subject, name),
                }
            }
            Some(Json::Array(texts))
        }
        _ => {
            not_a_reference(subject, name);
            None
        }
    }
}

fn not_a_reference(subject: &mut Subject<'_>, name: &str) {
    let expected = match name {
        "depends_on" => "a list of whole things that are declared, without an attribute behind them",
        "replace_triggered_by" => "a list of resources or of attributes of resources",
        "ignore_changes" => "the symbol `all` or a list of texts, each the path of an argument",
        "provider" => "a provider configuration",
        "providers" => "an object of provider configurations, under the names that the module gives them",
        "configuration_aliases" => "a list of provider configurations",
        _ => "the address of something: a reference, a symbol or text",
    };
    subject.error(
        "not-a-reference",
        "Argument that must name something",
        format!("Terraform reads `{name}` before it evaluates anything: it must be {expected}."),
    );
}
