//! Terraform's `for` over collections that are not known while the program runs.

use super::{Any, Bool, Element, Expr, IntoExpr, List, Map, Num, Object, OfValue, Set, Str, ToEntry, ToItem, Type, Value};
use crate::token::{Token, Tokens};
use std::cell::Cell;
use std::marker::PhantomData;
use std::panic::Location;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// The two variables of a `for`. Named by the depth at which they stand, so that an inner one never hides an outer one, and a `for`
/// more elsewhere in the program changes no name.
pub(super) struct Variables {
    depth: u32,
    place: &'static Location<'static>,
}

impl Variables {
    pub(super) fn open(place: &'static Location<'static>) -> Variables {
        Variables { depth: DEPTH.replace(DEPTH.get() + 1), place }
    }

    fn name(&self, base: &str) -> String {
        if self.depth == 0 { base.to_owned() } else { format!("{base}{}", self.depth + 1) }
    }

    pub(super) fn key(&self) -> Value {
        Value::written(self.place, |out| out.symbol(self.name("k")))
    }

    pub(super) fn value(&self) -> Value {
        Value::written(self.place, |out| out.symbol(self.name("v")))
    }

    /// Writes the variables; a key that nothing uses is left out.
    pub(super) fn write(&self, users: &[&[Token]], out: &mut Tokens) {
        let key = self.name("k");
        let uses_key = |token: &Token| match token {
            Token::Symbol(path) => path.split('.').next() == Some(&key),
            Token::Form((name, _)) => name == "raw",
            _ => false,
        };
        if users.iter().any(|tokens| tokens.iter().any(uses_key)) {
            out.text(key);
        } else {
            out.null();
        }
        out.text(self.name("v"));
    }
}

impl Drop for Variables {
    fn drop(&mut self) {
        DEPTH.set(self.depth);
    }
}

/// `for` over a collection. The closures receive key (or index) and item as expressions.
///
/// ```
/// # use tapwasm_guest::types::{boolean, map, object, required, string};
/// # use tapwasm_guest::{For, Stack, Str};
/// # fn declare(stack: Stack) {
/// let users = stack.variable("users").of_type(map(object([required("name", string()), required("admin", boolean())]))).declare();
/// let admins = For::each(users).when(|_, user| user.attr("admin")).list::<Str>(|_, user| user.get("name"));
/// # stack.output("admins").value(admins).declare();
/// # }
/// ```
#[must_use]
pub struct For<K = Value, V = Value> {
    collection: Vec<Token>,
    condition: Vec<Token>,
    variables: Variables,
    /// What the closures receive.
    items: PhantomData<fn() -> (K, V)>,
}

impl For {
    /// Starts a `for` over a list, set, map or object whose items are of no known type.
    #[track_caller]
    pub fn each(collection: impl IntoExpr<Any>) -> For {
        For::over::<Any>(collection, Location::caller())
    }

    /// Starts a `for` over the entries of a map.
    ///
    /// ```
    /// # use tapwasm_guest::{Expr, For, Map, Num};
    /// # fn f(sizes: Expr<Map<Num>>) -> Expr<Map<Num>> {
    /// For::entries_of(sizes).when(|_, size| size.gt(0)).map(|name, size| (name, size.add(1)))
    /// # }
    /// ```
    #[track_caller]
    pub fn entries_of<T: Element>(map: impl IntoExpr<Map<T>>) -> For<Expr<Str>, T::Read> {
        For::over::<Map<T>>(map, Location::caller())
    }

    /// Starts a `for` over the items of a list, with their positions.
    #[track_caller]
    pub fn items_of<T: Element>(list: impl IntoExpr<List<T>>) -> For<Expr<Num>, T::Read> {
        For::over::<List<T>>(list, Location::caller())
    }

    /// Starts a `for` over the elements of a set; each is its own key.
    #[track_caller]
    pub fn elements_of<T: Element>(set: impl IntoExpr<Set<T>>) -> For<T::Read, T::Read> {
        For::over::<Set<T>>(set, Location::caller())
    }
}

impl<K: OfValue, V: OfValue> For<K, V> {
    fn over<C>(collection: impl IntoExpr<C>, place: &'static Location<'static>) -> Self {
        // The collection stands outside of the variables' scope.
        let collection = Value::written(place, |out| collection.write_owned(out));
        let condition = vec![Token::Null];
        let variables = Variables::open(place);
        For { collection: collection.tokens().to_vec(), condition, variables, items: PhantomData }
    }

    fn variables(&self) -> (K, V) {
        (K::of_value(self.variables.key()), V::of_value(self.variables.value()))
    }

    /// Keeps only the items for which this is true.
    pub fn when(mut self, condition: impl FnOnce(K, V) -> Expr<Bool>) -> Self {
        let (key, value) = self.variables();
        self.condition = condition(key, value).tokens().to_vec();
        self
    }

    /// Makes a list: `[for k, v in … : item]`.
    ///
    /// ```compile_fail,E0277
    /// # use tapwasm_guest::{Expr, For, List, Num, tf};
    /// # fn f(names: Expr<List<Num>>) {
    /// For::each(names).list::<Num>(|_, v| tf!("{v}")); // an expression of `Str` cannot be given where Terraform expects `Num`
    /// # }
    /// ```
    pub fn list<T: Type>(self, item: impl ToItem<T, K, V>) -> Expr<List<T>> {
        let (key, value) = self.variables();
        let item = Value::written(self.variables.place, |out| item(key, value).write_owned(out));
        Value::written(self.variables.place, |out| {
            out.form("for-list", 5);
            self.variables.write(&[item.tokens(), &self.condition], out);
            out.list.extend_from_slice(&self.collection);
            out.list.extend_from_slice(item.tokens());
            out.list.extend_from_slice(&self.condition);
        })
        .typed()
    }

    /// Makes a map: `{for k, v in … : key => item}`. Keys must differ.
    pub fn map<T: Type>(self, entry: impl ToEntry<T, K, V>) -> Expr<Map<T>> {
        self.entries(entry, false).typed()
    }

    /// Makes an object, as [`map`](For::map) does.
    pub fn object(self, entry: impl ToEntry<Any, K, V>) -> Expr<Object> {
        self.entries(entry, false).typed()
    }

    /// Makes a map of lists: items with the same key are collected (`...`).
    pub fn grouped<T: Type>(self, entry: impl ToEntry<T, K, V>) -> Expr<Map<List<T>>> {
        self.entries(entry, true).typed()
    }

    fn entries<T>(self, entry: impl ToEntry<T, K, V>, grouping: bool) -> Value {
        let (key, value) = self.variables();
        let (key, item) = entry(key, value);
        let item = Value::written(self.variables.place, |out| item.write_owned(out));
        Value::written(self.variables.place, |out| {
            out.form("for-object", 7);
            self.variables.write(&[key.tokens(), item.tokens(), &self.condition], out);
            out.list.extend_from_slice(&self.collection);
            out.list.extend_from_slice(key.tokens());
            out.list.extend_from_slice(item.tokens());
            out.list.extend_from_slice(&self.condition);
            out.bool(grouping);
        })
    }
}
