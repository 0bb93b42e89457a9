//! Resource graphs as DOT and JSON.
