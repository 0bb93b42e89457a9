//! Reads what it is granted and puts it beside its stack: files, folders, archives, a module. `wants` says what of it.

#![allow(missing_docs, reason = "the macro's exports are the only items")]

use tapwasm_guest::{Inputs, Result, Stack, Str, files, program};

program!(build);

/// What is done with what is granted.
#[derive(Inputs)]
pub struct Wants {
    /// Pairs of what to do and the path to do it with: `text config/a.txt`.
    wants: Vec<String>,
}

/// Does all that is wanted.
pub fn build(inputs: Wants) -> Result {
    let stack = Stack::new("app");
    for (n, want) in inputs.wants.iter().enumerate() {
        let (what, path) = want.split_once(' ').unwrap_or((want, ""));
        let name = format!("{what}_{n}");
        let asset = match what {
            "text" => {
                stack.output(name).value(files::text(path)?).declare();
                continue;
            }
            "json" | "yaml" => {
                let document = if what == "json" { files::json(path)? } else { files::yaml(path)? };
                let greeting = document["greeting"].as_str().map(str::to_owned).unwrap_or_default();
                let numbers = document["numbers"].as_array().map_or(0, Vec::len);
                stack.output(name).value(format!("{greeting} {numbers}")).declare();
                continue;
            }
            "list" => {
                stack.output(name).value(files::list(path)?).declare();
                continue;
            }
            "module" => {
                let module = stack.module(&name).source(path).input("text", "hello").declare();
                stack.output(name).value(module.output::<Str>("echo")).declare();
                continue;
            }
            "file" => stack.file("file.txt", path),
            "folder" => stack.folder("folder", path),
            "zip" => stack.folder_zip("folder", path),
            "packed" => {
                let content =
                    files::list(path)?.into_iter().map(|file| Ok((file.clone(), files::bytes(&format!("{path}/{file}"))?)));
                let content = content.collect::<Result<Vec<_>>>()?;
                content.iter().fold(stack.archive("folder"), |archive, (file, bytes)| archive.file(file, bytes)).declare()
            }
            other => return Err(format!("nothing is known of `{other}`").into()),
        };
        stack.output(format!("{name}_path")).value(asset.path).declare();
        stack.output(format!("{name}_digest")).value(asset.sha256_base64).declare();
    }
    Ok(())
}
