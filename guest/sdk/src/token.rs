//! The token list: the one form in which values and bodies are kept and cross to the host. What the tokens mean is the contract's matter.

#[cfg(target_arch = "wasm32")]
pub use crate::bindings::tapwasm::stack::types::Token;
use crate::complaint::complain;
use crate::declare::Id;
use std::panic::Location;

/// One node of a value or of a body, in pre-order: the contract's `token`, case by case.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "wit/types.wit documents each case")]
pub enum Token {
    Null,
    Bool(bool),
    Integer(i64),
    Number(String),
    Text(String),
    List(u32),
    Object(u32),
    Reference((u32, String)),
    Symbol(String),
    Form((String, u32)),
    Body(u32),
    Argument(String),
    Block((String, u32)),
}

/// Writes tokens. Authors meet it only where they implement [`IntoExpr`](crate::IntoExpr) for a type of their own.
pub struct Tokens {
    pub(crate) list: Vec<Token>,
    pub(crate) place: &'static Location<'static>,
}

impl Tokens {
    /// Starts an empty list; what goes wrong while it is written is told with the caller's place.
    #[track_caller]
    pub fn new() -> Tokens {
        Tokens::at(Location::caller())
    }

    pub(crate) fn at(place: &'static Location<'static>) -> Tokens {
        Tokens { list: Vec::new(), place }
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.list.push(Token::Null);
    }

    /// Writes a bool.
    pub fn bool(&mut self, value: bool) {
        self.list.push(Token::Bool(value));
    }

    /// Writes a whole number.
    pub fn integer(&mut self, value: i128) {
        self.list.push(match i64::try_from(value) {
            Ok(value) => Token::Integer(value),
            Err(_) => Token::Number(value.to_string()),
        });
    }

    /// Writes a number with its shortest decimal digits. What is no number is a mistake of the author's.
    pub fn float(&mut self, value: f64) {
        if !value.is_finite() {
            complain("a number that is infinite or not a number at all cannot be given to Terraform".to_owned(), self.place);
            return self.null();
        }
        // Every whole number below 2^53 is exact in both.
        if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
            return self.integer(value as i128);
        }
        self.number(&value.to_string());
    }

    /// Writes a number given as decimal text in JSON's grammar; it is never rounded.
    pub fn number(&mut self, decimal: &str) {
        self.list.push(Token::Number(decimal.to_owned()));
    }

    /// Writes literal text.
    pub fn text(&mut self, text: impl Into<String>) {
        self.list.push(Token::Text(text.into()));
    }

    /// Opens a list: `length` values follow.
    pub fn list(&mut self, length: usize) {
        self.list.push(Token::List(count(length)));
    }

    /// Opens an object: `length` times a key and a value follow.
    pub fn object(&mut self, length: usize) {
        self.list.push(Token::Object(count(length)));
    }

    /// Writes a root by name.
    pub fn symbol(&mut self, path: impl Into<String>) {
        self.list.push(Token::Symbol(path.into()));
    }

    /// Opens a form of the contract: its children follow.
    pub fn form(&mut self, name: impl Into<String>, children: usize) {
        self.list.push(Token::Form((name.into(), count(children))));
    }

    /// Writes a value; an absent one is `null`.
    pub fn value<T, M>(&mut self, value: &(impl crate::IntoArgument<T, M> + ?Sized)) {
        if !value.write_argument(self) {
            self.null();
        }
    }

    /// Writes what was declared and the path that is read from it.
    pub(crate) fn reference(&mut self, id: Id, path: &str) {
        // Whatever the host refused has its own error; references to it would only repeat that.
        self.list.push(if id == Id::REFUSED { Token::Null } else { Token::Reference((id.0, path.to_owned())) });
    }
}

impl Default for Tokens {
    #[track_caller]
    fn default() -> Tokens {
        Tokens::new()
    }
}

/// Returns the length of the subtree that starts at `start`, itself included.
pub(crate) fn subtree(tokens: &[Token], start: usize) -> usize {
    let mut open = 1_u64;
    let mut position = start;
    while open > 0 && position < tokens.len() {
        open = open - 1 + children(&tokens[position]);
        position += 1;
    }
    position - start
}

fn children(token: &Token) -> u64 {
    match token {
        Token::List(n) | Token::Form((_, n)) | Token::Body(n) => u64::from(*n),
        Token::Object(n) => 2 * u64::from(*n),
        Token::Argument(_) => 1,
        Token::Block((_, labels)) => u64::from(*labels) + 1,
        _ => 0,
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
