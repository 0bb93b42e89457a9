//! The integration tests: the real binary on real guests, and what can only be seen from outside.

#![allow(clippy::unwrap_used, reason = "a test fails by it, with its place")]

mod support;

mod cases;

mod clouds;

mod judged;

mod schema;

mod language;

mod functions;

mod round_trip;

mod sandbox;

mod components;

mod inputs;

mod scopes;
mod secrets;

mod assets;

mod stacks;

mod moves;

mod history;

mod review;

mod snapshots;

mod folders;

mod kills;

mod interrupted;

mod in_the_way;

mod races;

mod commands;

mod against;

mod existing;

mod output;

mod bindgen;

mod new;

mod properties;

mod contract;

mod terraform;

mod readme;

mod why;

mod layers;

mod payment;

mod network;
