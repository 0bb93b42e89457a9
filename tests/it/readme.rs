//! README.md tells the truth: every command line in it is run, in order, in one folder, and its program compiles and runs.

use crate::new::folder_for_crates;
use crate::support::{Outcome, Project, outcome, workspace};
use std::fs;

/// Lines that are not run, each with the reason.
const NOT_RUN: [(&str, &str); 1] = [("cargo test", "it runs this test")];

/// How the binary is called from a checkout; what follows are its arguments.
const FROM_CHECKOUT: &str = "cargo run --release -- ";
const INSTALLED: &str = "tapwasm ";

fn readme() -> String {
    fs::read_to_string(workspace().join("README.md")).unwrap()
}

/// The code blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let parts = text.split("```").collect::<Vec<_>>();
    // Every second part stands between fences.
    let blocks = parts.chunks(2).filter_map(|pair| pair.get(1)?.split_once('\n'));
    blocks.filter(|(name, _)| *name == language).map(|(_, block)| block.to_owned()).collect()
}

/// The command lines of all blocks: whole lines of `sh`, those after the prompt of `console`.
fn command_lines(text: &str) -> Vec<String> {
    let plain = blocks(text, "sh").concat();
    let prompted = blocks(text, "console").concat();
    let prompted = prompted.lines().filter_map(|line| line.strip_prefix("$ "));
    let lines = plain.lines().chain(prompted).map(|line| line.split(" #").next().unwrap_or_default().trim().to_owned());
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// A folder that has the guests of the repository in it.
fn project() -> Project {
    let project = folder_for_crates();
    #[cfg(unix)]
    std::os::unix::fs::symlink(workspace().join("guest"), project.path().join("guest")).unwrap();
    project
}

fn run(project: &Project, line: &str) -> Result<Outcome, String> {
    let rest = line.strip_prefix(FROM_CHECKOUT).or_else(|| line.strip_prefix(INSTALLED));
    let rest = rest.ok_or("it is no call of tapwasm; run it here, or list it in NOT_RUN")?;
    if let Some(character) = rest.chars().find(|character| "|&;<>()$`\\\"'*?[]{}~".contains(*character)) {
        return Err(format!("`{character}` needs a shell; run it here, or list the line in NOT_RUN"));
    }
    Ok(outcome(&mut project.command(&rest.split_whitespace().collect::<Vec<_>>())))
}

#[cfg(unix)]
#[test]
fn every_command_line_does_what_it_should() {
    let project = project();
    let lines = command_lines(&readme());
    assert!(lines.iter().any(|line| line.starts_with(FROM_CHECKOUT)), "{lines:?}");
    let mut faults = Vec::new();
    for line in lines.iter().filter(|line| !NOT_RUN.iter().any(|(known, _)| known == line)) {
        match run(&project, line) {
            Ok(outcome) if outcome.code == 0 => {}
            Ok(outcome) => faults.push(format!("{line}\nexit code {}\n{}", outcome.code, outcome.stderr)),
            Err(why) => faults.push(format!("{line}\n{why}")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));

    // "Run again, it says that nothing changed."
    let first = lines.iter().find(|line| line.starts_with(FROM_CHECKOUT)).unwrap();
    let again = run(&project, first).unwrap().expect(0);
    assert!(again.stdout.contains("No changes."), "{}", again.stdout);
}

#[cfg(unix)]
#[test]
fn the_project_file_names_stacks_that_run() {
    let project = project();
    let files = blocks(&readme(), "toml");
    let [file] = &files[..] else { panic!("one project file, not {}", files.len()) };
    project.write("tapwasm.toml", file);
    let table: toml::Table = toml::from_str(file).unwrap();
    for stack in table["stacks"].as_table().unwrap().keys() {
        project.run(&["run", stack]).expect(0);
    }
}

#[test]
fn the_program_compiles_and_runs() {
    let project = folder_for_crates();
    let programs = blocks(&readme(), "rust");
    let [program] = &programs[..] else { panic!("one program, not {}", programs.len()) };
    project.run(&["new", "of-the-readme"]).expect(0);
    project.write("of-the-readme/src/lib.rs", program);
    let outcome = project.run(&["run", "of-the-readme"]).expect(0);
    assert!(!outcome.stderr.contains("warning"), "{}", outcome.stderr);
}

#[test]
fn every_command_that_is_named_exists() {
    let text = readme();
    // Odd parts stand between backquotes.
    let quoted = text.split('`').skip(1).step_by(2);
    let commands: Vec<&str> = quoted.filter_map(|code| code.strip_prefix(INSTALLED)?.split_whitespace().next()).collect();
    assert!(commands.len() >= 7, "{commands:?}");
    for command in commands {
        Project::new().run(&[command, "--help"]).expect(0);
    }
}

#[test]
fn a_line_that_cannot_be_run_is_a_fault() {
    let text =
        "```sh\ntapwasm run x # remark\n\n# remark\nmake\n```\n```console\n$ tapwasm diff y\noutput\n$ tapwasm a | b\n```\n";
    let lines = command_lines(text);
    assert_eq!(lines, ["tapwasm run x", "make", "tapwasm diff y", "tapwasm a | b"]);
    let project = Project::new();
    assert!(run(&project, "make").is_err_and(|why| why.contains("no call")));
    assert!(run(&project, "tapwasm a | b").is_err_and(|why| why.contains("`|`")));
    assert_ne!(run(&project, "tapwasm diff y").unwrap().code, 0);
}
