;; A component that would like to know where it runs, and when.
(component
  (import "wasi:cli/environment@0.2.0" (instance))
  (import "wasi:clocks/wall-clock@0.2.0" (instance))
  (import "tapwasm:stack/context@0.1.0" (instance))
  (instance $program)
  (export "tapwasm:stack/program@0.1.0" (instance $program)))
