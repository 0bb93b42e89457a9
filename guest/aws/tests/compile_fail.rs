//! What must not compile, and what the compiler says of it: one case for each mistake with typed bindings.

#[test]
fn what_the_schema_refuses_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
