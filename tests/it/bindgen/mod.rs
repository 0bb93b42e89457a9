//! `tapwasm bindgen`: what it writes, that this compiles, and what it refuses.

mod command;

mod crates;

mod giants;

mod terraform;
