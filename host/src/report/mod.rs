//! Plans and graphs as text, JSON and DOT.
//!
//! **Invariant:** nothing is decided here, and nothing is printed: each function returns text. Text for people carries ANSI styles, which
//! the caller strips where there is no terminal (`anstream` does); what guests wrote is made visible first.

pub mod against;

pub mod existing;

pub mod dot;

pub mod json;

pub mod text;

pub mod markdown;

pub mod sarif;

pub mod state;

mod why;
