//! Runs the guest in the sandbox: sole owner of wasmtime.
