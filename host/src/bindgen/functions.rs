//! The module of a provider's functions.

use super::docs::Docs;
use super::layout::Signature;
use super::module::{plain_type, read_as};
use super::names::{Taken, snake};
use crate::schema::{Function, ProviderIndex, SchemaError, Section, Type};

/// Returns the module's text, without what stands at a file's head; nothing where the provider has no functions.
pub(super) fn text(provider: &ProviderIndex, docs: &Docs) -> Result<Option<String>, SchemaError> {
    let names: Vec<&str> = provider.names(Section::Function).collect();
    if names.is_empty() {
        return Ok(None);
    }
    let mut out = format!(
        "//! The functions of the provider `{}`, under the name that it has in `required_providers`.\n\nuse ::tapwasm_guest::typed as sdk;\n",
        provider.name()
    );
    let mut taken = Taken::default();
    for name in names {
        if let Some(function) = provider.function(name)? {
            out.push('\n');
            write(provider.name(), name, &taken.take(snake(name)), &function, docs, &mut out);
        }
    }
    Ok(Some(out))
}

fn write(provider: &str, terraform: &str, name: &str, function: &Function, docs: &Docs, out: &mut String) {
    let mut taken = Taken::of(["arguments"]);
    let line = format!("`provider::{provider}::{terraform}`, {}.", result_words(&function.result));
    docs.write(0, &line, function.description.as_deref(), out);
    out.push_str("#[track_caller]\n");
    // What an object is read as here, and given as: a value.
    let object = || "sdk::Any".to_owned();
    let mut parameters = Vec::new();
    let mut arguments = Vec::new();
    for parameter in &function.parameters {
        let (of, parameter) = (plain_type(&parameter.of, &object), taken.take(snake(&parameter.name)));
        parameters.push(format!("{parameter}: impl sdk::IntoExpr<{of}>"));
        arguments.push(argument(&of, &parameter));
    }
    let rest = function.variadic.as_ref().map(|variadic| {
        let (of, parameter) = (plain_type(&variadic.of, &object), taken.take(snake(&variadic.name)));
        parameters.push(format!("{parameter}: impl IntoIterator<Item = impl sdk::IntoExpr<{of}>>"));
        (of, parameter)
    });
    let result = read_as(&plain_type(&function.result, &object));
    Signature { indent: 0, name, generics: Vec::new(), parameters, result: &result }.write(out);
    match rest {
        None if arguments.is_empty() => out.push_str("    let arguments = ();\n"),
        None => out.push_str(&format!("    let arguments = vec![{}];\n", arguments.join(", "))),
        Some((of, rest)) => {
            out.push_str(&format!("    let mut arguments = vec![{}];\n", arguments.join(", ")));
            let each = argument(&of, "argument");
            out.push_str(&format!("    arguments.extend({rest}.into_iter().map(|argument| {each}));\n"));
        }
    }
    out.push_str(&format!(
        "    sdk::OfValue::of_value(sdk::provider_function(\"{provider}\", \"{terraform}\", arguments))\n}}\n"
    ));
}

fn argument(of: &str, parameter: &str) -> String {
    match of {
        "sdk::Any" => format!("sdk::Value::of({parameter})"),
        of => format!("sdk::Expr::<{of}>::of({parameter}).untyped()"),
    }
}

fn result_words(of: &Type) -> String {
    match of {
        Type::Dynamic => "which returns a value of any type".to_owned(),
        of => format!("which returns a value of the type {}", of.friendly()),
    }
}
