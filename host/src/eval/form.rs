//! The forms of the contract: one table of names, numbers of children and what each makes.

use super::tokens::{Reader, TokenError};
use crate::model::{Address, Call, Expression, For, ForResult, Name, is_identifier, read_raw};

/// A form's name as the contract's table has it, and how many children it takes.
struct Form {
    name: &'static str,
    children: Children,
}

enum Children {
    Exactly(u32),
    AtLeast(u32),
}

use Children::{AtLeast, Exactly};

/// The table of `wit/types.wit`, held against it by a test. A name that ends with `:` takes an operand behind it.
const FORMS: [Form; 14] = [
    Form { name: "template", children: AtLeast(0) },
    Form { name: "call:", children: AtLeast(0) },
    Form { name: "call-expand:", children: AtLeast(1) },
    Form { name: "attribute:", children: Exactly(1) },
    Form { name: "index", children: Exactly(2) },
    Form { name: "splat", children: Exactly(2) },
    Form { name: "conditional", children: Exactly(3) },
    Form { name: "unary:", children: Exactly(1) },
    Form { name: "binary:", children: Exactly(2) },
    Form { name: "for-list", children: Exactly(5) },
    Form { name: "for-object", children: Exactly(7) },
    Form { name: "directive-if", children: Exactly(3) },
    Form { name: "directive-for", children: Exactly(4) },
    Form { name: "raw", children: Exactly(1) },
];

const UNARY: [&str; 2] = ["!", "-"];
const BINARY: [&str; 13] = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"];

#[cfg(test)]
pub(super) fn names() -> Vec<&'static str> {
    FORMS.iter().map(|form| form.name).collect()
}

/// Reads the `n` children of a form and makes its expression.
pub(super) fn form(reader: &mut Reader<'_>, name: &str, n: u32) -> Result<Expression, TokenError> {
    let (head, operand) = match name.split_once(':') {
        Some((head, operand)) => (&name[..=head.len()], operand),
        None => (name, ""),
    };
    let Some(form) = FORMS.iter().find(|form| form.name == head) else {
        return Err(unsupported(name));
    };
    match form.children {
        Exactly(wanted) if n != wanted => {
            return Err(reader.at_last(format!("the form `{name}` takes {wanted} children, not {n}")));
        }
        AtLeast(wanted) if n < wanted => {
            return Err(reader.at_last(format!("the form `{name}` takes at least {wanted} children, not {n}")));
        }
        _ => {}
    }
    Ok(match head {
        "template" => Expression::Template(reader.values(n)?),
        "call:" | "call-expand:" => {
            if !operand.split("::").all(is_identifier) {
                return Err(reader.at_last(format!("`{operand}` is no name of a function")));
            }
            let function = reader.intern(operand);
            Expression::Call(Box::new(Call { function, arguments: reader.values(n)?, expand: head == "call-expand:" }))
        }
        "attribute:" => {
            if !is_identifier(operand) {
                return Err(reader.at_last(format!("`{operand}` is no name of an attribute")));
            }
            let attribute = reader.intern(operand);
            Expression::Attribute(Box::new((reader.value()?, attribute)))
        }
        "index" => Expression::Index(Box::new((reader.value()?, reader.value()?))),
        "splat" => Expression::Splat(Box::new((reader.value()?, reader.value()?))),
        "conditional" => Expression::Conditional(Box::new([reader.value()?, reader.value()?, reader.value()?])),
        "unary:" => {
            let operator = operator(reader, &UNARY, name, operand)?;
            Expression::Unary(Box::new((operator, reader.value()?)))
        }
        "binary:" => {
            let operator = operator(reader, &BINARY, name, operand)?;
            Expression::Binary(Box::new((operator, reader.value()?, reader.value()?)))
        }
        "for-list" | "for-object" => for_expression(reader, head == "for-object")?,
        "directive-if" => Expression::DirectiveIf(Box::new((reader.value()?, reader.value()?, reader.optional(Reader::value)?))),
        "directive-for" => Expression::DirectiveFor(Box::new((
            reader.optional(Reader::variable)?,
            reader.variable()?,
            reader.value()?,
            reader.value()?,
        ))),
        "raw" => {
            let text = reader.text("an expression in Terraform's notation")?;
            let symbols = read_raw(&text).map_err(|why| reader.at_last(why))?.symbols;
            let addresses =
                symbols.iter().filter_map(|symbol| Address::read_by(&symbol.split('.').collect::<Vec<_>>())).collect();
            Expression::Raw(Box::new((text.into(), addresses)))
        }
        _ => return Err(unsupported(name)),
    })
}

fn for_expression(reader: &mut Reader<'_>, is_object: bool) -> Result<Expression, TokenError> {
    let (key, value) = (reader.optional(Reader::variable)?, reader.variable()?);
    let collection = reader.value()?;
    let result_key = if is_object { Some(reader.value()?) } else { None };
    let result_value = reader.value()?;
    let condition = reader.optional(Reader::value)?;
    let result = match result_key {
        Some(key) => ForResult::Object { key, value: result_value, grouping: reader.bool()? },
        None => ForResult::List(result_value),
    };
    Ok(Expression::For(Box::new(For { key, value, collection, result, condition })))
}

fn operator(reader: &mut Reader<'_>, known: &[&str], name: &str, operator: &str) -> Result<Name, TokenError> {
    if known.contains(&operator) { Ok(reader.intern(operator)) } else { Err(unsupported(name)) }
}

fn unsupported(name: &str) -> TokenError {
    TokenError::new("unsupported", format!("this host knows no form `{name}`"))
}
