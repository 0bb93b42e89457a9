//! Values and expressions: one tree for what is known now and what only Terraform will know.

use super::{Address, Masked, Name};

/// A value, or an expression that Terraform evaluates.
///
/// Text is NFC-normalised, as Terraform would do it (rule 20 of Terraform's JSON). Equality is that of the trees.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `null`: as good as not set.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number of 64 bits.
    Integer(i64),
    /// Any other number, as decimal text in JSON's grammar; never rounded.
    Number(Box<str>),
    /// Literal text: never a template.
    Text(Box<str>),
    /// A list (Terraform: a tuple).
    List(Vec<Expression>),
    /// Keys and values, in the order of their declaration. A plain key is `Text`, any other expression is a computed one.
    Object(Vec<(Expression, Expression)>),
    /// A read of something declared.
    Reference(Box<Reference>),
    /// A root by name, with names behind it: `each.key`, `self.arn`, a `for` variable, `*` for the item of a splat.
    Symbol(Box<str>),
    /// Text put together: `Text`, expressions, directives. Yields text even when it has one part.
    Template(Vec<Expression>),
    /// A function call.
    Call(Box<Call>),
    /// `object.name`.
    Attribute(Box<(Expression, Name)>),
    /// `collection[key]`.
    Index(Box<(Expression, Expression)>),
    /// `collection[*]` and a projection: `Attribute`s and `Index`es upon the symbol `*`.
    Splat(Box<(Expression, Expression)>),
    /// `condition ? then : otherwise`.
    Conditional(Box<[Expression; 3]>),
    /// `!x` or `-x`: the operator and its operand.
    Unary(Box<(Name, Expression)>),
    /// The operator, left, right.
    Binary(Box<(Name, Expression, Expression)>),
    /// A `for` expression.
    For(Box<For>),
    /// `%{if condition}then%{else}otherwise%{endif}`; only in a template. The branches are templates or text.
    DirectiveIf(Box<(Expression, Expression, Option<Expression>)>),
    /// `%{for key, value in collection}body%{endfor}`; only in a template: key variable, value variable, collection, body.
    DirectiveFor(Box<(Option<Name>, Name, Expression, Expression)>),
    /// An expression in Terraform's own notation, already parsed once; with the addresses that it refers to.
    Raw(Box<(String, Vec<Address>)>),
    /// What stands for a literal secret, everywhere but in what is emitted.
    Masked(Box<Masked>),
}

/// A declared thing and what is read of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The stack that declares it, where that is another one. In a graph there is none: `graph` turns such a read into one of remote state.
    pub stack: Option<Name>,
    /// The declared thing.
    pub to: Address,
    /// Attribute names joined by `.`; empty for the whole thing.
    pub path: Box<str>,
}

/// A function call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// `jsonencode`, `provider::aws::arn_parse`.
    pub function: Name,
    /// In order.
    pub arguments: Vec<Expression>,
    /// Whether the last argument is expanded with `...`.
    pub expand: bool,
}

/// A `for` expression.
#[derive(Clone, Debug, PartialEq)]
pub struct For {
    /// Variable for key or index.
    pub key: Option<Name>,
    /// Variable for the value.
    pub value: Name,
    /// What is gone through.
    pub collection: Expression,
    /// What is made of each item.
    pub result: ForResult,
    /// Items for which it is false are left out.
    pub condition: Option<Expression>,
}

/// What a `for` expression makes.
#[derive(Clone, Debug, PartialEq)]
pub enum ForResult {
    /// `[for … : value]`
    List(Expression),
    /// `{for … : key => value}`, with `...` behind the value when grouping.
    Object {
        /// The key of each item.
        key: Expression,
        /// The value of each item.
        value: Expression,
        /// Whether values of equal keys are collected in lists.
        grouping: bool,
    },
}

impl Expression {
    /// Returns literal text.
    pub fn text(text: impl Into<Box<str>>) -> Expression {
        Expression::Text(text.into())
    }

    /// Returns a call without expansion.
    pub fn call(function: &str, arguments: Vec<Expression>) -> Expression {
        Expression::Call(Box::new(Call { function: function.into(), arguments, expand: false }))
    }

    /// Returns a reference to a declared thing or to an attribute of it.
    pub fn reference(to: Address, path: &str) -> Expression {
        Expression::Reference(Box::new(Reference { stack: None, to, path: path.into() }))
    }

    /// Returns a reference to something that another stack declares.
    pub fn foreign(stack: Name, to: Address, path: &str) -> Expression {
        Expression::Reference(Box::new(Reference { stack: Some(stack), to, path: path.into() }))
    }

    /// Returns the literal text, where this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Expression::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Tells whether nothing of it is left for Terraform to compute.
    pub fn is_constant(&self) -> bool {
        match self {
            Expression::Null | Expression::Bool(_) | Expression::Integer(_) | Expression::Number(_) | Expression::Text(_) => true,
            Expression::List(items) => items.iter().all(Expression::is_constant),
            Expression::Object(pairs) => {
                pairs.iter().all(|(key, value)| matches!(key, Expression::Text(_)) && value.is_constant())
            }
            _ => false,
        }
    }

    /// Calls `visit` with each direct child, in order.
    pub fn each_child<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
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
            Expression::List(items) | Expression::Template(items) => items.iter().for_each(visit),
            Expression::Object(pairs) => {
                for (key, value) in pairs {
                    visit(key);
                    visit(value);
                }
            }
            Expression::Call(call) => call.arguments.iter().for_each(visit),
            Expression::Attribute(parts) => visit(&parts.0),
            Expression::Index(parts) | Expression::Splat(parts) => {
                visit(&parts.0);
                visit(&parts.1);
            }
            Expression::Conditional(parts) => parts.iter().for_each(visit),
            Expression::Unary(parts) => visit(&parts.1),
            Expression::Binary(parts) => {
                visit(&parts.1);
                visit(&parts.2);
            }
            Expression::For(parts) => {
                visit(&parts.collection);
                match &parts.result {
                    ForResult::List(value) => visit(value),
                    ForResult::Object { key, value, .. } => {
                        visit(key);
                        visit(value);
                    }
                }
                parts.condition.iter().for_each(visit);
            }
            Expression::DirectiveIf(parts) => {
                visit(&parts.0);
                visit(&parts.1);
                parts.2.iter().for_each(visit);
            }
            Expression::DirectiveFor(parts) => {
                visit(&parts.2);
                visit(&parts.3);
            }
        }
    }
}
