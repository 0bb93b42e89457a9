//! One configuration with every kind of block and every meta-argument, judged by the real Terraform.

use super::real::succeed;
use super::*;

const BUILTIN: &str = "terraform.io/builtin/terraform";

fn resource(name: &str, own: Body, meta: Body) -> Declaration {
    node(Kind::Resource, &["terraform_data", name], own, meta)
}

fn to(name: &str) -> Expression {
    Expression::reference(Address::new(Kind::Resource, &["terraform_data", name]), "")
}

fn output_of(name: &str) -> Expression {
    Expression::reference(Address::new(Kind::Resource, &["terraform_data", name]), "output")
}

fn provider() -> Expression {
    Expression::reference(Address::new(Kind::Provider, &["terraform"]), "")
}

fn binary(left: Expression, operator: &str, right: Expression) -> Expression {
    Expression::Binary(Box::new((operator.into(), left, right)))
}

fn condition(name: &str, condition: Expression) -> Block {
    let message = template([text("is ${not}: $"), symbol("path.module")]);
    block(name, &[], &[("condition", condition), ("error_message", message)], &[])
}

fn not_null(value: Expression) -> Expression {
    binary(value, "!=", Expression::Null)
}

fn resources() -> Vec<Declaration> {
    let none = Body::default;
    let input = |value: Expression| body(&[("input", value)], &[]);
    let connection =
        block("connection", &[], &[("type", text("ssh")), ("host", symbol("self.output")), ("timeout", text("1s"))], &[]);
    let everything = body(
        &[("depends_on", list([to("plain"), symbol("module.child"), symbol("local.all")])), ("provider", provider())],
        &[
            block(
                "lifecycle",
                &[],
                &[
                    ("create_before_destroy", Expression::Bool(true)),
                    ("prevent_destroy", Expression::Bool(false)),
                    ("ignore_changes", list([text("input"), text("triggers_replace[\"k\"]")])),
                    ("replace_triggered_by", list([to("plain"), symbol("terraform_data.counted.0.id")])),
                ],
                &[condition("precondition", not_null(symbol("var.v"))), condition("postcondition", not_null(symbol("self.id")))],
            ),
            connection.clone(),
            block("provisioner", &["local-exec"], &[("command", text("true")), ("on_failure", symbol("continue"))], &[]),
            block("provisioner", &["remote-exec"], &[("inline", list([text("a")])), ("when", text("destroy"))], &[connection]),
        ],
    );
    vec![
        resource("plain", input(Expression::Null), none()),
        resource("everything", input(object(&[("a", symbol("local.all"))])), everything),
        resource("counted", input(symbol("count.index")), body(&[("count", Expression::Integer(2))], &[])),
        resource("each", input(symbol("each.key")), body(&[("for_each", list([text("a"), text("${b}")]))], &[])),
        resource("mapped", input(symbol("each.value")), body(&[("for_each", object(&[("k", symbol("local.all"))]))], &[])),
        resource("none", none(), body(&[("count", Expression::Null), ("provider", Expression::Null)], &[])),
        resource(
            "ignores_all",
            none(),
            body(
                &[],
                &[block("lifecycle", &[], &[("ignore_changes", symbol("all")), ("prevent_destroy", Expression::Null)], &[])],
            ),
        ),
    ]
}

fn others() -> Vec<Declaration> {
    let none = Body::default;
    let required = block("required_providers", &[], &[("terraform", object(&[("source", text(BUILTIN))]))], &[]);
    let backend = block("backend", &["local"], &[("path", text("here/$x.tfstate"))], &[]);
    let destroy = |value: bool| block("lifecycle", &[], &[("destroy", Expression::Bool(value))], &[]);
    vec![
        node(Kind::Settings, &[], body(&[("required_version", text(">= 1.9"))], &[required, backend]), none()),
        node(Kind::Provider, &["terraform"], none(), none()),
        node(
            Kind::Variable,
            &["v"],
            body(
                &[
                    ("type", text("object({ a = string, b = optional(list(number), [1]) })")),
                    ("default", object(&[("a", text("${literal} %{if}")), ("b", list([Expression::Integer(1)]))])),
                    ("description", text("not a ${template}")),
                    ("sensitive", Expression::Bool(false)),
                    ("nullable", Expression::Bool(false)),
                    ("ephemeral", Expression::Bool(false)),
                ],
                &[condition("validation", not_null(symbol("var.v.a"))), condition("validation", not_null(symbol("var.v")))],
            ),
            none(),
        ),
        node(Kind::Variable, &["optional"], body(&[("default", Expression::Null)], &[]), none()),
        node(Kind::Local, &["all"], body(&[("value", list([symbol("var.v"), template([symbol("var.v.a")])]))], &[]), none()),
        node(Kind::Local, &["nothing"], body(&[("value", Expression::Null)], &[]), none()),
        node(
            Kind::Data,
            &["terraform_remote_state", "other"],
            body(&[("backend", text("local")), ("config", object(&[("path", text("x"))]))], &[]),
            none(),
        ),
        node(
            Kind::Module,
            &["child"],
            body(&[("x", symbol("local.all"))], &[]),
            body(
                &[
                    ("source", text("./child")),
                    ("providers", object(&[("terraform", provider()), ("terraform.other", provider())])),
                    ("depends_on", list([symbol("terraform_data.plain")])),
                ],
                &[],
            ),
        ),
        node(
            Kind::Output,
            &["o"],
            body(
                &[
                    ("value", output_of("plain")),
                    ("description", text("${x}")),
                    ("sensitive", Expression::Bool(true)),
                    ("depends_on", list([to("counted"), symbol("module.child")])),
                ],
                &[condition("precondition", not_null(symbol("terraform_data.plain.id")))],
            ),
            none(),
        ),
        node(
            Kind::Moved,
            &[],
            body(&[("from", text("terraform_data.before[\"k.$\"]")), ("to", symbol("terraform_data.mapped[\"k\"]"))], &[]),
            none(),
        ),
        node(
            Kind::Import,
            &[],
            body(
                &[
                    ("to", Expression::Index(Box::new((to("each"), symbol("each.key"))))),
                    ("id", symbol("each.value")),
                    ("for_each", object(&[("a", text("${id}"))])),
                ],
                &[],
            ),
            none(),
        ),
        node(
            Kind::Removed,
            &[],
            body(
                &[("from", symbol("terraform_data.gone"))],
                &[
                    destroy(true),
                    block("provisioner", &["local-exec"], &[("when", symbol("destroy")), ("command", text("true"))], &[]),
                ],
            ),
            none(),
        ),
        node(
            Kind::Check,
            &["c"],
            body(
                &[],
                &[
                    block(
                        "data",
                        &["terraform_remote_state", "checked"],
                        &[("backend", text("local")), ("depends_on", list([to("plain")])), ("provider", provider())],
                        &[],
                    ),
                    condition("assert", not_null(output_of("plain"))),
                    condition("assert", not_null(symbol("local.all"))),
                ],
            ),
            none(),
        ),
    ]
}

#[test]
fn terraform_accepts_every_kind_of_block() {
    let mut nodes = resources();
    nodes.extend(others());
    let configuration = emitted(nodes);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let required = block(
        "required_providers",
        &[],
        &[("terraform", object(&[("source", text(BUILTIN)), ("configuration_aliases", list([symbol("terraform.other")]))]))],
        &[],
    );
    let child = emitted(vec![
        node(Kind::Settings, &[], body(&[], &[required]), Body::default()),
        node(Kind::Variable, &["x"], Body::default(), Body::default()),
        node(Kind::Output, &["x"], body(&[("value", symbol("var.x"))], &[]), Body::default()),
    ]);
    std::fs::create_dir(folder.path().join("child")).expect("made");
    std::fs::write(folder.path().join("child/main.tf.json"), child).expect("written");
    std::fs::write(folder.path().join("main.tf.json"), configuration).expect("written");
    if succeed(folder.path(), &["init", "-no-color", "-input=false"]).is_none() {
        return;
    }
    succeed(folder.path(), &["validate", "-no-color"]);
}
