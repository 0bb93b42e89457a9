//! What must not compile, and what the compiler says of it: one case for each shape of signature.

#[test]
fn what_terraform_would_refuse_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
