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
/// What the host keeps for one element of a table.
const TABLE_ELEMENT_BYTES: u64 = 8;

/// wasmtime's own.
const LEAST_ASYNC_STACK: usize = 2 << 20;

/// Returns an engine with the sandbox's settings.
///
/// # Errors
/// A machine that wasmtime cannot compile for.
pub(super) fn engine(limits: &Limits) -> wasmtime::Result<Engine> {
    let stack = usize::try_from(limits.get(Limit::Stack))?;
    let mut config = Config::new();
    config
        .consume_fuel(true)
        .epoch_interruption(true)
        .max_wasm_stack(stack)
        // Calls are not asynchronous, and still this may not be less.
        .async_stack_size(stack.max(LEAST_ASYNC_STACK))
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

/// Counts the guest's memory, and the host's that its tables take; stops the guest where it would grow over the limit, since an allocator that merely fails would abort without
/// a word.
pub(super) struct Memory {
    allowed: u64,
    used: u64,
}

impl Memory {
    pub(super) fn new(limits: &Limits) -> Memory {
        Memory { allowed: limits.get(Limit::Memory), used: 0 }
    }

    fn grow(&mut self, bytes: u64) -> Result<(), LimitHit> {
        self.used += bytes;
        if self.used > self.allowed { Err(LimitHit { limit: Limit::Memory, allowed: self.allowed }) } else { Ok(()) }
    }
}

impl ResourceLimiter for Memory {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        self.grow(desired.saturating_sub(current) as u64)?;
        Ok(true)
    }

    fn table_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        if desired > MOST_TABLE_ELEMENTS {
            return Ok(false);
        }
        self.grow(desired.saturating_sub(current) as u64 * TABLE_ELEMENT_BYTES)?;
        Ok(true)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_an_engine_with_each_limit_at_its_highest() {
        for limit in Limit::ALL {
            let mut limits = Limits::default();
            limits.set(limit, &limit.show(limit.highest())).unwrap();
            assert!(engine(&limits).is_ok(), "{limit:?}");
        }
    }

    #[test]
    fn tables_count_as_memory() {
        let mut limits = Limits::default();
        limits.set(Limit::Memory, "64KiB").unwrap();
        let mut memory = Memory::new(&limits);
        assert!(memory.table_growing(0, 4096, None).unwrap());
        assert!(memory.memory_growing(0, 32 << 10, None).unwrap());
        let error = memory.table_growing(4096, 4097, None).unwrap_err();
        assert_eq!(error.downcast_ref::<LimitHit>().unwrap().limit, Limit::Memory);
    }
}
