//! What would change: graph against snapshot, as plain data.
