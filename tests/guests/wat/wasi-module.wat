;; What `cargo build --target wasm32-wasip1` makes of a guest: our world, and WASI's old imports beside it.
(module
  (@custom "component-type:wit-bindgen:guest" "")
  (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
  (import "tapwasm:stack/context@0.1.0" "get" (func (param i32 i32 i32)))
  (memory (export "memory") 1))
