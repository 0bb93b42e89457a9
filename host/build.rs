//! Nothing is built here. What `tapwasm new` copies is embedded by directories, and a file that is new in one of them must be noticed.

#![allow(clippy::print_stdout, reason = "cargo reads it")]

fn main() {
    for folder in ["templates/guest", "../guest/sdk/src", "../guest/macros/src", "../wit"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
