use super::remote::state_of;
use crate::diagnostic::Diagnostics;
use crate::model::{Address, Block, Body, Declaration, Expression, Kind, Place, StackDeclarations, StackLinks, hcl};

fn place() -> Place {
    Place { file: "lib.rs".into(), line: 1, column: 1 }
}

fn body(arguments: &[(&str, Expression)], blocks: Vec<Block>) -> Body {
    let arguments = arguments.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
    let mut body = Body { arguments, blocks };
    body.sort();
    body
}

fn block(name: &str, labels: &[&str], body: Body) -> Block {
    Block { name: name.into(), labels: labels.iter().map(|label| (*label).into()).collect(), body }
}

fn text(text: &str) -> Expression {
    Expression::text(text)
}

/// Returns how a stack with this block of settings is read, in HCL; or the codes and details of what is wrong with it.
fn read(blocks: Vec<Block>) -> Result<String, String> {
    let settings = Declaration {
        address: Address::new(Kind::Settings, &[""; 0]),
        kind: Kind::Settings,
        labels: Vec::new(),
        body: body(&[], blocks),
        meta: Body::default(),
        scope: Vec::new(),
        place: place(),
        protect: false,
        aliases: Vec::new(),
        overrides: Vec::new(),
    };
    let stack = StackDeclarations {
        name: "net".into(),
        place: place(),
        declarations: vec![settings],
        reserved: Vec::new(),
        assets: Vec::new(),
        links: StackLinks::default(),
    };
    let mut diagnostics = Diagnostics::default();
    let state = state_of(&stack, &place(), &mut diagnostics);
    let said: Vec<String> = diagnostics.iter().map(|said| format!("{}: {}", said.code, said.detail)).collect();
    match state {
        Some(state) => {
            let arguments = state.arguments.iter().map(|(name, value)| format!("{name} = {}", hcl::expression_text(value)));
            Ok(arguments.collect::<Vec<_>>().join("; "))
        }
        None => Err(said.join("\n")),
    }
}

fn backend(kind: &str, own: Body) -> Vec<Block> {
    vec![block("backend", &[kind], own)]
}

#[test]
fn a_local_state_is_beside_the_reader() {
    let of = |path: &str| read(backend("local", body(&[("path", text(path))], vec![]))).unwrap();
    let local = |path: &str| {
        format!(
            "backend = \"local\"; config = {{ path = \"{path}\", workspace_dir = \"../net/terraform.tfstate.d\" }}; workspace = terraform.workspace"
        )
    };
    let flat = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let expected = |path: &str| flat(local(path));
    assert_eq!(flat(read(vec![]).unwrap()), expected("../net/terraform.tfstate"));
    assert_eq!(flat(of("state/x.tfstate")), expected("../net/state/x.tfstate"));
    for absolute in ["/var/x.tfstate", "C:/x.tfstate"] {
        assert_eq!(flat(of(absolute)), expected(absolute));
    }
    let own = body(&[("workspace_dir", text("/ws"))], vec![]);
    assert!(read(backend("local", own)).unwrap().contains("\"/ws\""));
}

#[test]
fn a_named_workspace_is_read_whatever_the_readers_is() {
    let workspaces = |key: &str| block("workspaces", &[], body(&[(key, text("w"))], vec![]));
    let organization = [("organization", text("o"))];
    let named = read(backend("remote", body(&organization, vec![workspaces("name")]))).unwrap();
    assert!(named.contains("workspaces") && !named.contains("terraform.workspace"), "{named}");
    assert_eq!(read(vec![block("cloud", &[], body(&organization, vec![workspaces("name")]))]).unwrap(), named);
    let prefixed = read(backend("remote", body(&organization, vec![workspaces("prefix")]))).unwrap();
    assert!(prefixed.contains("workspace = terraform.workspace"), "{prefixed}");
    let tags = block("workspaces", &[], body(&[("tags", Expression::List(vec![text("t")]))], vec![]));
    let said = read(vec![block("cloud", &[], body(&organization, vec![tags]))]).unwrap_err();
    assert!(said.contains("reads one by its name"), "{said}");
}

#[test]
fn what_terraform_init_would_complete_must_be_said() {
    let said = read(backend("gcs", body(&[("prefix", text("p"))], vec![]))).unwrap_err();
    assert!(said.starts_with("remote-state: ") && said.contains("backend `gcs` does not say `bucket`"), "{said}");
    let said = read(vec![block("cloud", &[], Body::default())]).unwrap_err();
    assert!(said.contains("block `cloud` does not say `organization`") && said.contains("`workspaces`"), "{said}");
    // A region may come from the environment.
    let own = body(&[("bucket", text("b")), ("key", text("k"))], vec![]);
    assert!(read(backend("s3", own)).unwrap().contains("bucket"));
    assert!(read(backend("http", body(&[("address", text("https://x"))], vec![]))).unwrap().contains("https://x"));
}
