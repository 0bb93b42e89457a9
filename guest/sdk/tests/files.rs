//! Granted files, read natively: what a guest's own tests do.

use std::fs;
use tapwasm_guest::testing::{evaluate, grant};
use tapwasm_guest::{Result, Stack, files};

fn build() -> Result {
    let stack = Stack::new("app");
    let limits = files::json("config/limits.json")?;
    stack.output("limit").value(limits["limit"].as_u64().unwrap_or_default()).declare();
    stack.output("files").value(files::list("config")?).declare();
    let copied = stack.folder("config", "config");
    let packed = stack.folder_zip("config", "config");
    stack.output("paths").value([copied.path, packed.path]).declare();
    Ok(())
}

fn folder() -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("granted");
    fs::create_dir_all(folder.join("sub")).expect("folders can be made");
    fs::write(folder.join("limits.json"), r#"{ "limit": 7 }"#).expect("files can be written");
    fs::write(folder.join("sub/note.txt"), "note").expect("files can be written");
    folder
}

#[test]
fn what_is_granted_is_read_and_packed() {
    grant("config", folder());
    let evaluated = evaluate(build, "{}");
    let stack = evaluated.stack("app");
    assert_eq!(stack.output("limit").argument("value"), 7);
    assert_eq!(stack.output("files").argument("value").json(), serde_json::json!(["limits.json", "sub/note.txt"]));
    let paths = stack.output("paths").argument("value").json();
    let paths: Vec<&str> = paths.as_array().into_iter().flatten().filter_map(|path| path.as_str()).collect();
    assert!(paths[0].starts_with("assets/config-") && paths[1].ends_with(".zip"), "{paths:?}");
}

#[test]
fn what_is_not_granted_fails_with_its_place() {
    let evaluated = evaluate(build, "{}");
    let failure = evaluated.failure();
    assert!(failure.message.contains("`config/limits.json` is not granted"), "{}", failure.message);
    assert!(failure.place.contains("files.rs:9:"), "{}", failure.place);
}
