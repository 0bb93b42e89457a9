//! From the contract's token lists to expressions and bodies: every count, name and number is checked here, once.
//!
//! **Invariant:** no list of tokens makes this panic, loop or nest deeper than the limit.

use super::form::form;
use super::v0_1::types::Token;
use crate::model::{Address, Block, Body, Expression, Kind, Name, is_identifier, is_root};
use std::vec::IntoIter;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What is wrong with a list of tokens: the code of the problem and its message.
#[derive(Debug, PartialEq)]
pub(super) struct TokenError {
    pub(super) code: &'static str,
    pub(super) message: String,
    /// The declaration that the tokens are of, where it is known.
    pub(super) about: Option<Address>,
}

impl TokenError {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> TokenError {
        TokenError { code, message: message.into(), about: None }
    }

    /// Adds the declaration by its kind and labels; what has none is known by its place alone.
    pub(super) fn about(mut self, kind: Kind, labels: &[impl AsRef<str>]) -> TokenError {
        self.about = (!labels.is_empty()).then(|| Address::new(kind, labels));
        self
    }
}

pub(super) fn malformed(message: impl Into<String>) -> TokenError {
    TokenError::new("malformed", message)
}

/// What a reader needs to know of the program: its ids and its names.
pub(super) trait Names {
    /// Returns the address of an id of this stack, or the problem with it.
    fn address_of(&self, id: u32) -> Result<Address, TokenError>;
    /// Returns the stack and the address of an id that another stack declares.
    fn foreign(&self, id: u32) -> Option<(Name, Address)>;
    /// Returns the shared form of a name.
    fn intern(&mut self, name: &str) -> Name;
}

/// Reads one value; nothing may follow it.
pub(super) fn value(tokens: Vec<Token>, depth: u64, names: &mut dyn Names) -> Result<Expression, TokenError> {
    let mut reader = Reader::new(tokens, depth, names);
    let value = reader.value()?;
    reader.end()?;
    Ok(value)
}

/// Reads one body; nothing may follow it. No tokens at all are an empty body.
pub(super) fn body(tokens: Vec<Token>, depth: u64, names: &mut dyn Names) -> Result<Body, TokenError> {
    if tokens.is_empty() {
        return Ok(Body::default());
    }
    let mut reader = Reader::new(tokens, depth, names);
    let body = reader.body()?;
    reader.end()?;
    Ok(body)
}

pub(super) struct Reader<'a> {
    tokens: IntoIter<Token>,
    count: usize,
    depth: u64,
    names: &'a mut dyn Names,
}

impl<'a> Reader<'a> {
    fn new(tokens: Vec<Token>, depth: u64, names: &'a mut dyn Names) -> Reader<'a> {
        Reader { count: tokens.len(), tokens: tokens.into_iter(), depth, names }
    }

    fn next(&mut self, wanted: &str) -> Result<Token, TokenError> {
        let count = self.count;
        self.tokens.next().ok_or_else(|| malformed(format!("after {count} tokens {wanted} is missing")))
    }

    fn end(&mut self) -> Result<(), TokenError> {
        match self.tokens.len() {
            0 => Ok(()),
            left => Err(malformed(format!("{left} of {} tokens are left over behind the end", self.count))),
        }
    }

    /// Position of the token that was read last, from 1.
    fn position(&self) -> usize {
        self.count - self.tokens.len()
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, TokenError>) -> Result<T, TokenError> {
        if self.depth == 0 {
            let message = format!("token {} is nested deeper than the limit `depth` allows", self.position());
            return Err(TokenError::new("limit", message));
        }
        self.depth -= 1;
        let result = read(self);
        self.depth += 1;
        result
    }

    /// Reads `n` values. The tokens that are left bound what is allocated, whatever `n` says.
    pub(super) fn values(&mut self, n: u32) -> Result<Vec<Expression>, TokenError> {
        let mut values = Vec::with_capacity((n as usize).min(self.tokens.len()));
        for _ in 0..n {
            values.push(self.value()?);
        }
        Ok(values)
    }

    pub(super) fn value(&mut self) -> Result<Expression, TokenError> {
        let token = self.next("a value")?;
        match token {
            Token::Null => Ok(Expression::Null),
            Token::Bool(value) => Ok(Expression::Bool(value)),
            Token::Integer(value) => Ok(Expression::Integer(value)),
            Token::Number(text) => number(text).map_err(|why| self.at_last(why)),
            Token::Text(text) => Ok(Expression::Text(normalized(text))),
            Token::List(n) => self.deeper(|reader| Ok(Expression::List(reader.values(n)?))),
            Token::Object(n) => self.deeper(|reader| reader.object(n)),
            Token::Reference((id, path)) => {
                if !path.is_empty() && path.split('.').any(str::is_empty) {
                    return Err(self.at_last(format!("`{path}` is no attribute path")));
                }
                match self.names.foreign(id) {
                    Some((stack, address)) => Ok(Expression::foreign(stack, address, &path)),
                    None => Ok(Expression::reference(self.names.address_of(id)?, &path)),
                }
            }
            Token::Symbol(text) => {
                if text != "*" && !text.split('.').all(is_identifier) {
                    return Err(self.at_last(format!("the symbol `{text}` is not names joined by `.`")));
                }
                Ok(Expression::Symbol(text.into()))
            }
            Token::Form((name, n)) => self.deeper(|reader| form(reader, &name, n)),
            Token::Body(_) | Token::Argument(_) | Token::Block(_) => {
                Err(self.at_last(format!("{} stands where a value is expected", describe(&token))))
            }
        }
    }

    fn object(&mut self, n: u32) -> Result<Expression, TokenError> {
        let mut pairs = Vec::with_capacity((n as usize).min(self.tokens.len() / 2));
        for _ in 0..n {
            pairs.push((self.value()?, self.value()?));
        }
        Ok(Expression::Object(pairs))
    }

    fn body(&mut self) -> Result<Body, TokenError> {
        let token = self.next("`body`")?;
        let Token::Body(n) = token else {
            return Err(self.at_last(format!("{} stands where `body` is expected", describe(&token))));
        };
        self.deeper(|reader| reader.entries(n))
    }

    fn entries(&mut self, n: u32) -> Result<Body, TokenError> {
        let mut body = Body::default();
        for _ in 0..n {
            match self.next("an entry of a body")? {
                Token::Argument(name) => {
                    let name = self.name(&name)?;
                    body.arguments.push((name, self.value()?));
                }
                Token::Block((name, n_labels)) => {
                    let name = self.name(&name)?;
                    let mut labels = Vec::new();
                    for _ in 0..n_labels {
                        labels.push(self.text("a label")?.as_ref().into());
                    }
                    body.blocks.push(Block { name, labels, body: self.body()? });
                }
                token => {
                    let message = format!("{} stands where `argument` or `block` is expected", describe(&token));
                    return Err(self.at_last(message));
                }
            }
        }
        body.sort();
        match body.arguments.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(malformed(format!("the argument `{}` is set twice in one body", pair[0].0))),
            None => Ok(body),
        }
    }

    fn name(&mut self, name: &str) -> Result<Name, TokenError> {
        if is_identifier(name) {
            Ok(self.names.intern(name))
        } else {
            Err(self.at_last(format!("`{name}` is no name for an argument or a block")))
        }
    }

    /// Reads literal text.
    pub(super) fn text(&mut self, wanted: &str) -> Result<Box<str>, TokenError> {
        match self.next(wanted)? {
            Token::Text(text) => Ok(normalized(text)),
            token => Err(self.at_last(format!("{} stands where {wanted} (text) is expected", describe(&token)))),
        }
    }

    /// Reads a variable: text that is an identifier, and hides nothing that has a meaning everywhere.
    pub(super) fn variable(&mut self) -> Result<Name, TokenError> {
        let text = self.text("a variable")?;
        if !is_identifier(&text) {
            return Err(self.at_last(format!("`{text}` is no name for a variable")));
        }
        if is_root(&text) {
            return Err(self.at_last(format!("`{text}` is no name for a variable: it means something else to Terraform")));
        }
        Ok(self.names.intern(&text))
    }

    /// Reads what `read` reads, or `null` for nothing.
    pub(super) fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, TokenError>) -> Result<Option<T>, TokenError> {
        if let Some(Token::Null) = self.tokens.as_slice().first() {
            self.tokens.next();
            return Ok(None);
        }
        read(self).map(Some)
    }

    /// Reads a truth value.
    pub(super) fn bool(&mut self) -> Result<bool, TokenError> {
        match self.next("a bool")? {
            Token::Bool(value) => Ok(value),
            token => Err(self.at_last(format!("{} stands where a bool is expected", describe(&token)))),
        }
    }

    pub(super) fn at_last(&self, message: impl std::fmt::Display) -> TokenError {
        malformed(format!("token {} of {}: {message}", self.position(), self.count))
    }

    pub(super) fn intern(&mut self, name: &str) -> Name {
        self.names.intern(name)
    }
}

/// Terraform normalises every string (rule 20); done here so that digests, comparisons and duplicate keys agree with it.
pub(super) fn normalized(text: String) -> Box<str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.into(),
        _ => text.nfc().collect::<String>().into(),
    }
}

/// Terraform writes out all digits of a number when it makes text of one: some exponents that it can read would keep it busy for hours,
/// others are syntax errors to it (rule 22).
const LARGEST_EXPONENT: i32 = 10_000;

/// Accepts what JSON calls a number, with an exponent that Terraform can work with.
fn number(text: String) -> Result<Expression, String> {
    if !is_json_number(&text) {
        return Err(format!("`{text}` is no number in JSON's grammar"));
    }
    if let Some((_, exponent)) = text.split_once(['e', 'E'])
        && !exponent.parse().is_ok_and(|exponent: i32| (-LARGEST_EXPONENT..=LARGEST_EXPONENT).contains(&exponent))
    {
        return Err(format!("the exponent of `{text}` is not between -{LARGEST_EXPONENT} and {LARGEST_EXPONENT}"));
    }
    Ok(Expression::Number(text.into()))
}

fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(digits) && exponent.is_none_or(digits)
}

fn describe(token: &Token) -> String {
    match token {
        Token::Null => "`null`".into(),
        Token::Bool(_) => "a bool".into(),
        Token::Integer(_) | Token::Number(_) => "a number".into(),
        Token::Text(_) => "text".into(),
        Token::List(_) => "a list".into(),
        Token::Object(_) => "an object".into(),
        Token::Reference(_) => "a reference".into(),
        Token::Symbol(name) => format!("the symbol `{name}`"),
        Token::Form((name, _)) => format!("the form `{name}`"),
        Token::Body(_) => "`body`".into(),
        Token::Argument(name) => format!("the argument `{name}`"),
        Token::Block((name, _)) => format!("the block `{name}`"),
    }
}
