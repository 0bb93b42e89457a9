//! A guest that makes the calls which its inputs list, whatever they are: cases of the host's tests need no code of their own.
//!
//! It uses the contract's bindings as they are, without the SDK, so that it can say what no SDK would: malformed tokens, unknown ids.
//!
//! Input `calls`: a list of objects with one key each, the name of a function of the contract:
//!
//! - `{"stack": NAME}` opens a stack; the calls after it are for that stack
//! - `{"reserve": [KIND, LABELS]}`
//! - `{"resource" | "data" | "ephemeral": {"type", "name", "body", "meta", "scope", "extras"}}`
//! - `{"provider" | "variable" | …: {"labels", "body", "meta", "scope", "extras"}}`
//! - `{"asset": [NAME, TEXT]}`, `{"pieces": [NAME, [TEXT, …]]}`, `{"archive": [NAME, {PATH: TEXT}]}`
//! - `{"override": {"id", "path", "value", "adds"}}`, `{"note": [ID or null, LEVEL, TEXT]}`
//! - `{"depends-on": NAME}` of another stack, `{"directive": [NAME, TOKENS]}`
//! - `{"file-asset" | "folder-asset" | "folder-archive": [NAME, PATH]}`
//! - `{"list": PATH}`, `{"read": PATH}` log what is there
//! - `{"context": NAME}` logs what the host tells under a name
//! - `{"log": [LEVEL, TEXT]}`, `{"panic": TEXT}`, `{"fail": TEXT}`
//!
//! The n-th call that gives an id gives the id n, from 0, as long as addresses differ. A token is `null`, a bool, an integer, text (as a JSON string), or an
//! array: `["number", "1e400"]`, `["list", n]`, `["object", n]`, `["reference", id, path]`, `["symbol", text]`, `["form", name, n]`, `["body", n]`,
//! `["argument", name]`, `["block", name, n]`. A problem that the host returns is ignored: the host must not let that pass.

#![cfg_attr(not(target_arch = "wasm32"), allow(missing_docs, reason = "there is nothing here but on wasm"))]

#[cfg(target_arch = "wasm32")]
mod guest {
    use serde_json::Value;

    mod bindings {
        #![allow(missing_docs, unsafe_code, unreachable_pub, clippy::all, reason = "generated")]
        wit_bindgen::generate!({ path: "../../wit", world: "guest" });
    }

    use bindings::exports::tapwasm::stack::program::{Description, Failure, Guest};
    use bindings::tapwasm::stack::declare::{
        ArchiveRequest, AssetEntry, AssetRequest, BlockRequest, GrantedRequest, NoteRequest, OverrideRequest, ReserveRequest,
        ResourceRequest, Stack,
    };
    use bindings::tapwasm::stack::types::{Extras, Place, Token};
    use bindings::tapwasm::stack::{context, files, log};

    struct Script;

    #[allow(unsafe_code, reason = "generated: the exports themselves; and the stamp that an SDK leaves")]
    mod export {
        use super::{Script, bindings};

        #[used]
        #[unsafe(link_section = "tapwasm:api-version")]
        static API_VERSION: [u8; 5] = *b"0.1.0";

        bindings::export!(Script with_types_in bindings);
    }

    impl Guest for Script {
        fn describe() -> Description {
            Description {
                name: "script".into(),
                version: "1.0.0".into(),
                inputs: r#"{"type": "object", "properties": {"calls": {"type": "array"}}, "required": ["calls"]}"#.into(),
                extras: Vec::new(),
            }
        }

        fn build(inputs: String) -> Result<(), Failure> {
            let inputs: Value = serde_json::from_str(&inputs).map_err(|error| failure(&error.to_string(), 0))?;
            let mut stack = None;
            for (position, call) in list(&inputs["calls"]).iter().enumerate() {
                let line = position as u32 + 1;
                let Some((name, argument)) = call.as_object().and_then(|call| call.iter().next()) else {
                    return Err(failure("a call is an object with one key", line));
                };
                run(&mut stack, name, argument, line)?;
            }
            Ok(())
        }
    }

    fn run(stack: &mut Option<Stack>, name: &str, argument: &Value, line: u32) -> Result<(), Failure> {
        match name {
            "stack" => {
                *stack = Stack::open(text(argument), &place(line)).ok();
                return Ok(());
            }
            "log" => {
                log::write(text(&argument[0]), text(&argument[1]), Some(&place(line)));
                return Ok(());
            }
            "context" => {
                log::write("info", context::get(text(argument)).as_deref().unwrap_or("(none)"), Some(&place(line)));
                return Ok(());
            }
            "list" => {
                if let Ok(names) = files::list(text(argument), &place(line)) {
                    log::write("info", &names.join(" "), Some(&place(line)));
                }
                return Ok(());
            }
            "read" => {
                if let Ok(content) = files::read(text(argument), &place(line)) {
                    log::write("info", &String::from_utf8_lossy(&content), Some(&place(line)));
                }
                return Ok(());
            }
            "panic" => {
                log::panicked(text(argument), Some(&place(line)));
                core::arch::wasm32::unreachable();
            }
            "fail" => return Err(failure(text(argument), line)),
            _ => {}
        }
        let Some(stack) = stack else { return Ok(()) };
        match name {
            "reserve" => drop(stack.reserve(&ReserveRequest {
                kind: text(&argument[0]).into(),
                labels: texts(&argument[1]),
                scope: Vec::new(),
                place: place(line),
                extras: Vec::new(),
            })),
            "resource" => drop(stack.resource(&resource(argument, line))),
            "data" => drop(stack.data(&resource(argument, line))),
            "ephemeral" => drop(stack.ephemeral(&resource(argument, line))),
            "provider" => drop(stack.provider(&block(argument, line))),
            "variable" => drop(stack.variable(&block(argument, line))),
            "local" => drop(stack.local(&block(argument, line))),
            "output" => drop(stack.output(&block(argument, line))),
            "module" => drop(stack.module(&block(argument, line))),
            "moved" => drop(stack.moved(&block(argument, line))),
            "import" => drop(stack.import(&block(argument, line))),
            "removed" => drop(stack.removed(&block(argument, line))),
            "check" => drop(stack.check(&block(argument, line))),
            "settings" => drop(stack.settings(&block(argument, line))),
            "depends-on" => {
                if let Ok(other) = Stack::open(text(argument), &place(line)) {
                    drop(stack.depends_on(&other, &place(line)));
                }
            }
            "directive" => drop(stack.directive(text(&argument[0]), &tokens(&argument[1]), &place(line))),
            "asset" => drop(stack.asset(&AssetRequest {
                name: text(&argument[0]).into(),
                content: text(&argument[1]).into(),
                place: place(line),
                extras: Vec::new(),
            })),
            "pieces" => {
                let (first, rest) = list(&argument[1]).split_first().map_or((&Value::Null, &[][..]), |split| split);
                let request = AssetRequest {
                    name: text(&argument[0]).into(),
                    content: text(first).into(),
                    place: place(line),
                    extras: Vec::new(),
                };
                if let Ok(writer) = stack.asset_begin(&request) {
                    rest.iter().for_each(|piece| drop(stack.asset_write(writer, text(piece).as_bytes())));
                    drop(stack.asset_end(writer));
                }
            }
            "archive" => {
                let entries = argument[1].as_object().into_iter().flatten();
                let entries = entries.map(|(path, content)| AssetEntry {
                    path: path.clone(),
                    content: text(content).into(),
                    executable: false,
                });
                drop(stack.archive(&ArchiveRequest {
                    name: text(&argument[0]).into(),
                    entries: entries.collect(),
                    place: place(line),
                    extras: Vec::new(),
                }));
            }
            "override" => drop(stack.override_(&OverrideRequest {
                id: number(&argument["id"]),
                path: texts(&argument["path"]),
                value: tokens(&argument["value"]),
                adds: argument["adds"].as_bool().unwrap_or_default(),
                place: place(line),
                extras: Vec::new(),
            })),
            "note" => drop(stack.note(&NoteRequest {
                id: argument[0].as_u64().map(|id| id as u32),
                level: text(&argument[1]).into(),
                message: text(&argument[2]).into(),
                place: place(line),
                extras: Vec::new(),
            })),
            "file-asset" => drop(stack.file_asset(&granted(argument, line))),
            "folder-asset" => drop(stack.folder_asset(&granted(argument, line))),
            "folder-archive" => drop(stack.folder_archive(&granted(argument, line))),
            _ => return Err(failure(&format!("there is no call `{name}`"), line)),
        }
        Ok(())
    }

    fn resource(argument: &Value, line: u32) -> ResourceRequest {
        ResourceRequest {
            type_: text(&argument["type"]).into(),
            name: text(&argument["name"]).into(),
            body: tokens(&argument["body"]),
            meta: tokens(&argument["meta"]),
            scope: texts(&argument["scope"]),
            place: place(line),
            extras: extras(&argument["extras"]),
        }
    }

    fn granted(argument: &Value, line: u32) -> GrantedRequest {
        GrantedRequest {
            name: text(&argument[0]).into(),
            path: text(&argument[1]).into(),
            place: place(line),
            extras: Vec::new(),
        }
    }

    fn block(argument: &Value, line: u32) -> BlockRequest {
        BlockRequest {
            labels: texts(&argument["labels"]),
            body: tokens(&argument["body"]),
            meta: tokens(&argument["meta"]),
            scope: texts(&argument["scope"]),
            place: place(line),
            extras: extras(&argument["extras"]),
        }
    }

    fn extras(value: &Value) -> Extras {
        value.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), tokens(value))).collect()
    }

    fn tokens(value: &Value) -> Vec<Token> {
        list(value).iter().map(token).collect()
    }

    fn token(value: &Value) -> Token {
        match value {
            Value::Null => Token::Null,
            Value::Bool(value) => Token::Bool(*value),
            Value::Number(number) => Token::Integer(number.as_i64().unwrap_or_default()),
            Value::String(text) => Token::Text(text.clone()),
            _ => match text(&value[0]) {
                "number" => Token::Number(text(&value[1]).into()),
                "list" => Token::List(number(&value[1])),
                "object" => Token::Object(number(&value[1])),
                "reference" => Token::Reference((number(&value[1]), text(&value[2]).into())),
                "symbol" => Token::Symbol(text(&value[1]).into()),
                "form" => Token::Form((text(&value[1]).into(), number(&value[2]))),
                "body" => Token::Body(number(&value[1])),
                "argument" => Token::Argument(text(&value[1]).into()),
                _ => Token::Block((text(&value[1]).into(), number(&value[2]))),
            },
        }
    }

    fn list(value: &Value) -> &[Value] {
        value.as_array().map_or(&[], Vec::as_slice)
    }

    fn texts(value: &Value) -> Vec<String> {
        list(value).iter().map(|value| text(value).to_owned()).collect()
    }

    fn text(value: &Value) -> &str {
        value.as_str().unwrap_or_default()
    }

    fn number(value: &Value) -> u32 {
        value.as_u64().unwrap_or_default() as u32
    }

    fn place(line: u32) -> Place {
        Place { file: "case.json".into(), line, column: 0 }
    }

    fn failure(message: &str, line: u32) -> Failure {
        Failure { message: message.into(), place: Some(place(line)), extras: Vec::new() }
    }
}
