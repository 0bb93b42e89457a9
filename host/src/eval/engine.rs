//! The engine's settings: deterministic, nothing ambient, the same for compiling and for running.

use super::limits::{Limit, LimitHit, Limits};
use std::num::NonZeroUsize;
use wasmtime::{Config, Engine, ResourceLimiter, WasmBacktraceDetails};

/// A component has several instances: its modules, and shims between them.
const MOST_INSTANCES: usize = 64;
const MOST_TABLES: usize = 64;
const MOST_MEMORIES: usize = 16;
/// Calls that are shown when a guest crashes.
pub(super) const MOST_FRAMES: usize = 20;
const MOST_TABLE_ELEMENTS: usize = 1 << 20;

/// Returns an engine with the sandbox's settings.
///
/// # Errors
/// A machine that wasmtime cannot compile for.
pub(super) fn engine(limits: &Limits) -> wasmtime::Result<Engine> {
    let mut config = Config::new();
    config
        .consume_fuel(true)
        .epoch_interruption(true)
        .max_wasm_stack(usize::try_from(limits.get(Limit::Stack))?)
        .cranelift_nan_canonicalization(true)
        .relaxed_simd_deterministic(true)
        .wasm_component_model(true)
        .wasm_multi_memory(true)
        .generate_address_map(true)
        // Else an environment variable would decide.
        .wasm_backtrace_details(WasmBacktraceDetails::Disable)
        .wasm_backtrace_max_frames(NonZeroUsize::new(MOST_FRAMES));
    Engine::new(&config)
}

/// Counts the guest's memory; stops the guest where it would grow over the limit, since an allocator that merely fails would abort without
/// a word.
pub(super) struct Memory {
    allowed: u64,
    used: u64,
}

impl Memory {
    pub(super) fn new(limits: &Limits) -> Memory {
        Memory { allowed: limits.get(Limit::Memory), used: 0 }
    }
}

impl ResourceLimiter for Memory {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        self.used += desired.saturating_sub(current) as u64;
        if self.used > self.allowed {
            return Err(LimitHit { limit: Limit::Memory, allowed: self.allowed }.into());
        }
        Ok(true)
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(desired <= MOST_TABLE_ELEMENTS)
    }

    fn instances(&self) -> usize {
        MOST_INSTANCES
    }

    fn tables(&self) -> usize {
        MOST_TABLES
    }

    fn memories(&self) -> usize {
        MOST_MEMORIES
    }
}
