//! Inputs, flags and `tapwasm.toml` that make no sense: each is named, and nothing is written.

use crate::support::{Outcome, Project, guest};

/// Runs the guest `misbehaves` with these flags in a project with these files.
#[track_caller]
fn refused(files: &[(&str, &str)], flags: &[&str]) -> Outcome {
    let project = Project::new();
    files.iter().for_each(|(path, content)| _ = project.write(path, content));
    let before = project.files();
    let guest = guest("misbehaves");
    let args = [&["run", guest.to_str().unwrap(), "--color=never"], flags].concat();
    let outcome = project.run(&args);
    assert!(outcome.code != 0 && project.files() == before, "{outcome:#?}");
    outcome
}

#[test]
fn inputs_that_do_not_exist_are_told_with_what_was_meant() {
    refused(&[], &["--input", "behavior=nothing"]).expect(1).says(&[
        "--input: there is no input `behavior`; did you mean `behaviour`?",
        "the input `behaviour` (What to do.) is missing; give it with `--input behaviour=…`",
    ]);
    refused(&[], &["--input", "behaviour=nothing", "--input", "zone=1"])
        .expect(1)
        .says(&["--input: there is no input `zone`; the program takes amount, behaviour, times"]);
}

#[test]
fn inputs_of_the_wrong_type_are_told_with_the_right_one() {
    let nothing = ["--input", "behaviour=nothing"];
    for (amount, said) in [
        ("amount=many", "--input: `amount` is of type integer and given as JSON, which `many` is not"),
        ("amount=1.5", "--input: `amount` is the number 1.5, but its type is integer"),
        ("amount=-1", "--input: `amount` is -1"),
        ("amount=4294967296", "--input: `amount` is 4294967296"),
        ("amount=\"1\"", "--input: `amount` is the text \"1\", but its type is integer"),
    ] {
        refused(&[], &[&nothing[..], &["--input", amount]].concat()).expect(1).says(&[said]);
    }
}

#[test]
fn a_missing_input_is_told() {
    refused(&[], &[]).expect(1).says(&["the input `behaviour` (What to do.) is missing"]);
}

#[test]
fn files_of_inputs_are_named() {
    let flags = ["--inputs", "in.json"];
    refused(&[], &flags).expect(1).says(&["cannot read in.json: No such file"]);
    refused(&[("in.json", "{")], &flags).expect(1).says(&["in.json: it is no JSON object", "line 1"]);
    refused(&[("in.json", "[]")], &flags).expect(1).says(&["in.json: it is no JSON object"]);
    refused(&[("in.json", r#"{"behaviour": 7}"#)], &flags)
        .expect(1)
        .says(&["in.json: `behaviour` is the number 7, but its type is string"]);
    refused(&[("in.toml", "behaviour = \nx = 1")], &["--inputs", "in.toml"]).expect(1).says(&["in.toml: ", "line 1"]);
}

#[test]
fn flags_that_make_no_sense_are_wrong_usage() {
    for (flags, said) in [
        (&["--input", "behaviour"][..], "--input takes NAME=VALUE, not `behaviour`"),
        (&["--input", "=nothing"], "--input takes NAME=VALUE"),
        (&["--inptu", "a=b"], "'--input'"),
        (&["--format", "yaml"], "text, json"),
        (&["--quiet", "--verbose"], "cannot be used with"),
        (&["another"], "unexpected argument 'another'"),
    ] {
        refused(&[], flags).expect(64).says(&[said]);
    }
    Project::new().run(&["runn"]).expect(64).says(&["'run'"]);
    Project::new().run(&[]).expect(64);
}

#[test]
fn faults_of_the_project_file_are_told_with_their_line() {
    let component = format!("component = '{}'", guest("misbehaves").display());
    let stack = |rest: &str| format!("[stacks.dev]\n{component}\n{rest}");
    for (content, said) in [
        ("out = \n".to_owned(), &["tapwasm.toml: ", "line 1"][..]),
        ("[stacks.dev]\ncomponnent = 'x'\n".to_owned(), &["tapwasm.toml: ", "line 2", "unknown field `componnent`"]),
        ("outt = 'x'\n".to_owned(), &["line 1", "unknown field `outt`"]),
        ("[stacks.dev]\n".to_owned(), &["the stack `dev` needs either `component = \"FILE.wasm\"` or `crate = \"FOLDER\"`"]),
        (stack("crate = 'x'\n"), &["the stack `dev` needs either"]),
        (stack("limits = { fule = 1 }\n"), &["tapwasm.toml: there is no limit `fule`"]),
        (stack("limits = { memory = '9GiB' }\n"), &["tapwasm.toml: the limit `memory` cannot be `9GiB`"]),
        (
            stack("inputs = { behavior = 'nothing' }\n"),
            &["tapwasm.toml: there is no input `behavior`; did you mean `behaviour`?"],
        ),
        (stack("inputs = { behaviour = 1 }\n"), &["tapwasm.toml: `behaviour` is the number 1, but its type is string"]),
    ] {
        let project = Project::new();
        project.write("tapwasm.toml", &content);
        let before = project.files();
        project.run(&["run", "dev", "--color=never"]).expect(1).says(said);
        assert_eq!(project.files(), before, "{content}");
    }
}

#[test]
fn a_stack_that_the_project_does_not_name_is_told_with_what_was_meant() {
    let project = Project::new();
    project.write("tapwasm.toml", "[stacks.production]\ncomponent = 'guest.wasm'\n");
    project.run(&["run", "prodction"]).expect(1).says(&["there is no stack `prodction`", "did you mean `production`?"]);
    project.run(&["run", "production"]).expect(1).says(&["cannot read guest.wasm"]);
}

#[test]
fn what_the_command_line_says_counts_more_than_the_project_file() {
    let project = Project::new();
    let text = format!(
        "[limits]\nfuel = 1000\n[stacks.dev]\ncomponent = '{}'\ninputs = {{ behaviour = 'panic' }}\n",
        guest("misbehaves").display()
    );
    project.write("tapwasm.toml", text);
    project.run(&["run", "dev"]).expect(3).says(&["--limit fuel=2000"]);
    project.run(&["run", "dev", "--limit", "fuel=1000000"]).expect(1).says(&["guest-panic"]);
    project.run(&["run", "dev", "--limit", "fuel=1000000", "--input", "behaviour=nothing"]).expect(0);
}
