//! What the sandbox does with guests that mean no good.

use crate::support::{Project, guest};

#[test]
fn a_guest_of_the_tests_runs() {
    let project = Project::new();
    project.write("case.json", r#"{"calls": [{"stack": "app"}]}"#);
    project.run(&["run", guest("script").to_str().unwrap(), "--inputs", "case.json"]).expect(0);
    assert_eq!(project.read("tapwasm.out/stacks/app/main.tf.json"), "{}\n");
}
