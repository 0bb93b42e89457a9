;; A component that works, for somebody else.
(component
  (instance $run)
  (export "acme:tools/run@1.0.0" (instance $run)))
