//! tapwasm: runs a stack, a WebAssembly component, in a sandbox and emits Terraform JSON.
//!
//! One pipeline of plain values:
//!
//! ```text
//! component ──eval──▶ Evaluation ──graph──▶ ResourceGraph ──plan(+ Snapshot)──▶ Plan
//!                                                ├──terraform──▶ *.tf.json + assets + manifest
//!                                                └──report─────▶ text · JSON · DOT
//! ```

pub mod model;

pub mod diagnostic;

pub mod durable;

pub mod lock;

pub mod eval;

pub mod graph;

pub mod schema;

pub mod state;

pub mod plan;

pub mod terraform;

pub mod report;

pub mod project;

pub mod build;

pub mod bindgen;

pub mod ui;

pub mod pipeline;

pub mod commands;

pub mod cli;
