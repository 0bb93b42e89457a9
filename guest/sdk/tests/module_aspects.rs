//! Aspects see what is Terraform's own of a module, too.

use tapwasm_guest::testing::evaluate;
use tapwasm_guest::{Result, Stack};

fn build() -> Result {
    let stack = Stack::new("app");
    stack.visit(|declared| {
        if declared.text("source") == Some("acme/vpc/aws") {
            declared.set("source", "acme/pinned/aws");
        }
    });
    stack.module("vpc").source("acme/vpc/aws").input("cidr", "10.0.0.0/16").declare();
    Ok(())
}

#[test]
fn the_source_of_a_module_is_read_and_changed() {
    let evaluated = evaluate(build, "{}");
    let module = evaluated.stack("app").declaration("module.vpc");
    assert_eq!(module.meta.argument("source"), "acme/pinned/aws");
    assert_eq!(module.argument("cidr"), "10.0.0.0/16");
}
