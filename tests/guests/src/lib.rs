//! Small guests for tests; each is one of the examples beside this.
