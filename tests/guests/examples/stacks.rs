//! Three stacks in one program: `app` reads from `network`, `alarms` only comes after `app`.

#![allow(missing_docs, reason = "the macro's exports are the only items")]

use tapwasm_guest::{Inputs, Result, Stack, count_index, json, program};

program!(build);

/// What the stacks are about.
#[derive(Inputs)]
pub struct Shared {
    /// What one stack gives to the other.
    greeting: String,
    /// Whether CDKTF's names are used between them.
    #[input(default = false)]
    cdktf_names: bool,
}

/// Declares the stacks.
pub fn build(shared: Shared) -> Result {
    let (app, network, alarms) = (Stack::new("app"), Stack::new("network"), Stack::new("alarms"));
    if shared.cdktf_names {
        network.cdktf_cross_stack_names();
    }
    let subnet = network.resource("terraform_data", "subnet").set("input", shared.greeting).declare();
    let pair = network.resource("terraform_data", "pair").count(2).set("input", count_index()).declare();
    let password = network.variable("password").set("type", "string").set("default", "hunter2").set("sensitive", true).declare();
    let name = network.output("name").set("value", "net").declare();

    let reads = json!({ "greeting": subnet.get("output"), "again": subnet.get("output") });
    let reader = app.resource("terraform_data", "reader").set("input", reads).declare();
    app.resource("terraform_data", "keeper").set("input", password.value()).declare();
    app.output("read").set("value", reader.get("output")).declare();
    app.output("second").set("value", pair.at(1).get("output")).declare();
    app.output("all").set("value", pair.all::<tapwasm_guest::Num>("output")).declare();
    app.output("name").set("value", name.value()).declare();

    alarms.depends_on(app);
    alarms.resource("terraform_data", "alarm").set("input", "ring").declare();
    Ok(())
}
