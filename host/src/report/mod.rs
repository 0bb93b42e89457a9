//! Plans and graphs as text, JSON and DOT.
