//! Reading from an expression: attributes, elements, splats.

use super::{Any, Element, Expr, IntoExpr, List, Map, Object, OfValue, Projection, Set, Str, Type, Value};
use crate::token::{Token, Tokens};
use std::panic::Location;

/// Appends an attribute path to an expression.
fn attribute(tokens: &[Token], path: &str, place: &'static Location<'static>) -> Value {
    Value::written(place, |out| match tokens {
        [Token::Reference((id, known))] => out.list.push(Token::Reference((*id, joined(known, path)))),
        [Token::Symbol(known)] => out.symbol(joined(known, path)),
        _ => {
            // In pre-order the outermost form, the last name, comes first.
            for name in path.rsplit('.') {
                out.form(format!("attribute:{name}"), 1);
            }
            out.list.extend_from_slice(tokens);
        }
    })
}

fn joined(known: &str, path: &str) -> String {
    if known.is_empty() { path.to_owned() } else { format!("{known}.{path}") }
}

fn indexed(tokens: &[Token], place: &'static Location<'static>, key: impl FnOnce(&mut Tokens)) -> Value {
    Value::written(place, |out| {
        out.form("index", 2);
        out.list.extend_from_slice(tokens);
        key(out);
    })
}

fn splatted<T>(tokens: &[Token], place: &'static Location<'static>, project: impl Projection<T>) -> Value {
    let item = Value::written(place, |out| out.symbol("*"));
    let projection = Value::written(place, |out| project(item).write_owned(out));
    splat_of(tokens, place, &projection)
}

/// Reads of every item of a list what the closure reads of one.
pub(crate) fn all<T: OfValue, R: OfValue>(
    list: &[Token],
    place: &'static Location<'static>,
    read: impl FnOnce(T) -> R,
) -> Expr<List<R::Kind>> {
    let item = T::of_value(Value::written(place, |out| out.symbol("*")));
    splat_of(list, place, &read(item).into_value()).typed()
}

fn splat_of(tokens: &[Token], place: &'static Location<'static>, projection: &Value) -> Value {
    Value::written(place, |out| {
        out.form("splat", 2);
        out.list.extend_from_slice(tokens);
        // The projection is built of forms upon `*`: a path that was joined to the symbol is taken apart.
        for token in projection.tokens() {
            match token {
                Token::Symbol(path) if path.starts_with("*.") => {
                    for name in path[2..].rsplit('.') {
                        out.form(format!("attribute:{name}"), 1);
                    }
                    out.symbol("*");
                }
                other => out.list.push(other.clone()),
            }
        }
    })
}

macro_rules! reading {
    ($([$($generics:tt)*] $rust:ty),*) => {$(
        impl<$($generics)*> $rust {
            /// Reads an attribute, or a path of attributes (`metadata.name`), as the type that the context wants.
            #[track_caller]
            pub fn attr<A: Type>(&self, path: &str) -> Expr<A> {
                attribute(&self.tokens, path, Location::caller()).typed()
            }

            /// Reads an attribute, or a path of attributes, untyped.
            #[track_caller]
            pub fn get(&self, path: &str) -> Value {
                attribute(&self.tokens, path, Location::caller())
            }

            /// Reads every item's projection: `splat(|item| item.get("id"))` is `[*].id`.
            #[track_caller]
            pub fn splat<A: Type>(&self, project: impl Projection<A>) -> Expr<List<A>> {
                splatted(&self.tokens, Location::caller(), project).typed()
            }
        }
    )*};
}

reading!([T: Type] Expr<T>, [] Value);

impl Value {
    /// Reads an element by number or key.
    #[track_caller]
    pub fn at(&self, key: impl IntoExpr<Any>) -> Value {
        indexed(&self.tokens, Location::caller(), |out| key.write_owned(out))
    }
}

macro_rules! all {
    () => {
        /// Reads of every item what the closure reads of one: `function.vpc_config().all(|vpc| vpc.vpc_id())` is `[*].vpc_id`.
        #[track_caller]
        pub fn all<R: OfValue>(&self, read: impl FnOnce(T::Read) -> R) -> Expr<List<R::Kind>> {
            all(&self.tokens, Location::caller(), read)
        }
    };
}

impl<T: Element> Expr<List<T>> {
    /// Reads an element, counted from 0.
    #[track_caller]
    pub fn at(&self, index: impl IntoExpr<super::Num>) -> T::Read {
        T::Read::of_value(indexed(&self.tokens, Location::caller(), |out| index.write_owned(out)))
    }

    all!();
}

impl<T: Element> Expr<Map<T>> {
    /// Reads an element by its key.
    #[track_caller]
    pub fn at(&self, key: impl IntoExpr<Str>) -> T::Read {
        T::Read::of_value(indexed(&self.tokens, Location::caller(), |out| key.write_owned(out)))
    }
}

impl<T: Element> Expr<Set<T>> {
    all!();
}

impl Expr<Object> {
    /// Reads an attribute whose name is an expression.
    #[track_caller]
    pub fn at(&self, name: impl IntoExpr<Str>) -> Value {
        indexed(&self.tokens, Location::caller(), |out| name.write_owned(out))
    }
}

impl<T: Type> Expr<Set<T>> {
    /// Makes a list of the set, in Terraform's order.
    #[track_caller]
    pub fn to_list(&self) -> Expr<List<T>> {
        super::functions::tolist(self)
    }
}
