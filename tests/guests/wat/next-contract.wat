;; A guest of a contract to come.
(component
  (import "tapwasm:stack/context@0.2.0" (instance))
  (instance $program)
  (export "tapwasm:stack/program@0.2.0" (instance $program)))
