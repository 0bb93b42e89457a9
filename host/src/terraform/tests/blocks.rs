//! Each kind of block, and what is refused.

use super::*;
use insta::assert_snapshot;

fn none() -> Body {
    Body::default()
}

fn aws_reference(name: &str) -> Expression {
    Expression::reference(Address::new(Kind::Resource, &["aws_kms_key", name]), "")
}

fn provider_reference(labels: &[&str]) -> Expression {
    Expression::reference(Address::new(Kind::Provider, labels), "")
}

#[test]
fn an_empty_stack_is_an_empty_object() {
    assert_eq!(emitted(Vec::new()), "{}\n");
}

#[test]
fn arguments_and_blocks_of_a_resource() {
    let own = body(
        &[
            ("name", text("logs-${x}")),
            ("count", Expression::Integer(3)),
            ("size", Expression::Number("12345678901234567890.50".into())),
            ("description", Expression::Null),
            ("key", Expression::reference(Address::new(Kind::Resource, &["aws_kms_key", "logs"]), "arn")),
            ("tags", object(&[("b", template([text("v-"), symbol("var.x")])), ("a${", list([])), ("c", object(&[]))])),
        ],
        &[
            block("setting", &[], &[("name", text("a"))], &[]),
            block("setting", &[], &[("name", text("b"))], &[block("inner", &[], &[], &[])]),
            block("lifecycle", &[], &[("days", Expression::Integer(1))], &[]),
            block(
                "dynamic",
                &["rule"],
                &[("for_each", symbol("local.r")), ("iterator", text("r"))],
                &[block("content", &[], &[("id", symbol("r.value"))], &[])],
            ),
        ],
    );
    let meta = body(
        &[
            ("count", symbol("var.n")),
            ("depends_on", list([aws_reference("logs"), symbol("module.m")])),
            ("provider", provider_reference(&["aws", "west"])),
        ],
        &[
            block(
                "lifecycle",
                &[],
                &[
                    ("prevent_destroy", Expression::Bool(true)),
                    ("ignore_changes", list([text("tags[\"k\"]")])),
                    ("replace_triggered_by", list([aws_reference("logs"), symbol("aws_x.y.0.id")])),
                ],
                &[block("postcondition", &[], &[("condition", symbol("self.ok")), ("error_message", text("no"))], &[])],
            ),
            block("provisioner", &["local-exec"], &[("command", text("b"))], &[]),
            block("provisioner", &["file"], &[("when", symbol("destroy")), ("source", text("a"))], &[]),
        ],
    );
    assert_snapshot!(emitted(vec![node(Kind::Resource, &["aws_x", "y"], own, meta)]), @r#"
    {
      "resource": {
        "aws_x": {
          "y": {
            "_": {
              "count": 3,
              "lifecycle": [
                {
                  "days": 1
                }
              ]
            },
            "count": "${var.n}",
            "depends_on": [
              "aws_kms_key.logs",
              "module.m"
            ],
            "description": null,
            "dynamic": {
              "rule": {
                "content": {
                  "id": "${r.value}"
                },
                "for_each": "${local.r}",
                "iterator": "r"
              }
            },
            "key": "${aws_kms_key.logs.arn}",
            "lifecycle": {
              "ignore_changes": [
                "tags[\"k\"]"
              ],
              "postcondition": [
                {
                  "condition": "${self.ok}",
                  "error_message": "no"
                }
              ],
              "prevent_destroy": true,
              "replace_triggered_by": [
                "aws_kms_key.logs",
                "aws_x.y[0].id"
              ]
            },
            "name": "logs-$${x}",
            "provider": "aws.west",
            "provisioner": [
              {
                "local-exec": {
                  "command": "b"
                }
              },
              {
                "file": {
                  "source": "a",
                  "when": "destroy"
                }
              }
            ],
            "setting": [
              {
                "name": "a"
              },
              {
                "inner": [
                  {}
                ],
                "name": "b"
              }
            ],
            "size": 12345678901234567890.50,
            "tags": {
              "a$${": [],
              "b": "v-${var.x}",
              "c": {}
            }
          }
        }
      }
    }
    "#);
}

#[test]
fn top_level_blocks() {
    let nodes = vec![
        node(
            Kind::Settings,
            &[],
            body(
                &[("required_version", text(">= 1.10"))],
                &[
                    block(
                        "required_providers",
                        &[],
                        &[("aws", object(&[("source", text("hashicorp/aws")), ("version", text("~> 6.0"))]))],
                        &[],
                    ),
                    block("required_providers", &[], &[("null", text("3.2.1"))], &[]),
                    block("backend", &["s3"], &[("bucket", text("b")), ("use_lockfile", Expression::Bool(true))], &[]),
                ],
            ),
            none(),
        ),
        node(
            Kind::Provider,
            &["aws"],
            body(&[("region", text("us-east-1"))], &[block("default_tags", &[], &[("tags", object(&[("a", text("b"))]))], &[])]),
            none(),
        ),
        node(Kind::Provider, &["aws"], body(&[("alias", text("mine"))], &[]), body(&[("alias", text("west"))], &[])),
        node(
            Kind::Variable,
            &["password"],
            body(&[("type", text("string")), ("default", text("${x}")), ("sensitive", Expression::Bool(true))], &[]),
            none(),
        ),
        node(Kind::Local, &["all"], body(&[("value", list([text("%{x}"), symbol("var.password")]))], &[]), none()),
        node(Kind::Data, &["aws_region", "current"], none(), none()),
        node(Kind::Ephemeral, &["random_password", "p"], body(&[("length", Expression::Integer(8))], &[]), none()),
        node(
            Kind::Module,
            &["m"],
            body(&[("x", Expression::Null)], &[]),
            body(
                &[
                    ("source", text("./m")),
                    ("providers", object(&[("aws", provider_reference(&["aws", "west"]))])),
                    ("for_each", list([text("a")])),
                ],
                &[],
            ),
        ),
        node(Kind::Output, &["o"], body(&[("value", template([symbol("local.all")])), ("description", text("${"))], &[]), none()),
        node(Kind::Moved, &[], body(&[("from", text("aws_x.a")), ("to", aws_reference("logs"))], &[]), none()),
        node(
            Kind::Import,
            &[],
            body(
                &[
                    ("to", Expression::Index(Box::new((symbol("aws_x.b"), symbol("each.key"))))),
                    ("id", symbol("each.value")),
                    ("for_each", symbol("local.ids")),
                ],
                &[],
            ),
            none(),
        ),
        node(
            Kind::Removed,
            &[],
            body(&[("from", symbol("aws_x.c"))], &[block("lifecycle", &[], &[("destroy", Expression::Bool(false))], &[])]),
            none(),
        ),
        node(
            Kind::Check,
            &["health"],
            body(
                &[],
                &[
                    block(
                        "data",
                        &["http", "h"],
                        &[
                            ("url", text("https://x")),
                            ("provider", symbol("http.other")),
                            ("depends_on", list([aws_reference("logs")])),
                            ("count", Expression::Integer(1)),
                        ],
                        &[],
                    ),
                    block("assert", &[], &[("condition", symbol("data.http.h.ok")), ("error_message", text("down"))], &[]),
                ],
            ),
            none(),
        ),
    ];
    assert_snapshot!(emitted(nodes), @r#"
    {
      "check": {
        "health": {
          "assert": [
            {
              "condition": "${data.http.h.ok}",
              "error_message": "down"
            }
          ],
          "data": {
            "http": {
              "h": {
                "_": {
                  "count": 1
                },
                "depends_on": [
                  "aws_kms_key.logs"
                ],
                "provider": "http.other",
                "url": "https://x"
              }
            }
          }
        }
      },
      "data": {
        "aws_region": {
          "current": {}
        }
      },
      "ephemeral": {
        "random_password": {
          "p": {
            "length": 8
          }
        }
      },
      "import": [
        {
          "for_each": "${local.ids}",
          "id": "${each.value}",
          "to": "aws_x.b[each.key]"
        }
      ],
      "locals": {
        "all": [
          "%%{x}",
          "${var.password}"
        ]
      },
      "module": {
        "m": {
          "for_each": "${toset([\"a\"])}",
          "providers": {
            "aws": "aws.west"
          },
          "source": "./m",
          "x": null
        }
      },
      "moved": [
        {
          "from": "aws_x.a",
          "to": "aws_kms_key.logs"
        }
      ],
      "output": {
        "o": {
          "description": "${",
          "value": "${tostring(local.all)}"
        }
      },
      "provider": {
        "aws": [
          {
            "default_tags": [
              {
                "tags": {
                  "a": "b"
                }
              }
            ],
            "region": "us-east-1"
          },
          {
            "_": {
              "alias": "mine"
            },
            "alias": "west"
          }
        ]
      },
      "removed": [
        {
          "from": "aws_x.c",
          "lifecycle": {
            "destroy": false
          }
        }
      ],
      "terraform": {
        "backend": {
          "s3": {
            "bucket": "b",
            "use_lockfile": true
          }
        },
        "required_providers": {
          "aws": {
            "source": "hashicorp/aws",
            "version": "~> 6.0"
          },
          "null": "3.2.1"
        },
        "required_version": ">= 1.10"
      },
      "variable": {
        "password": {
          "default": "${x}",
          "sensitive": true,
          "type": "string"
        }
      }
    }
    "#);
}

#[test]
fn what_cannot_be_said_is_refused() {
    let resource = |own: Body, meta: Body| node(Kind::Resource, &["aws_x", "y"], own, meta);
    let argument = |value: Expression| resource(body(&[("a", value)], &[]), none());
    let lifecycle =
        |name: &str, value: Expression| resource(none(), body(&[], &[block("lifecycle", &[], &[(name, value)], &[])]));
    let backend = |value: Expression| {
        node(Kind::Settings, &[], body(&[], &[block("backend", &["local"], &[("path", value)], &[])]), none())
    };
    let removed = |from: Expression, blocks: &[Block]| node(Kind::Removed, &[], body(&[("from", from)], blocks), none());
    let (for_each, content) = (("for_each", list([])), [block("content", &[], &[], &[])]);
    let cases = [
        backend(text("${var.p}.tfstate")),
        backend(symbol("var.p")),
        removed(symbol("aws_x.y"), &[]),
        lifecycle("prevent_destroy", symbol("var.p")),
        lifecycle("ignore_changes", text("tags")),
        lifecycle("replace_triggered_by", list([text("a.b")])),
        resource(none(), body(&[("depends_on", list([Expression::reference(Address::from_text("aws_x.z"), "arn")]))], &[])),
        resource(none(), body(&[("provider", Expression::Integer(1))], &[])),
        resource(body(&[("a", text("x"))], &[block("a", &[], &[], &[])]), none()),
        resource(body(&[("//", text("x"))], &[]), none()),
        argument(Expression::Object(vec![(text("\u{e9}"), text("")), (text("e\u{301}"), text(""))])),
        argument(Expression::Object(vec![
            (Expression::Integer(1), text("")),
            (Expression::Number("1.0".into()), text("")),
            (template([text("1")]), text("")),
            (text("true"), text("")),
            (Expression::Bool(true), text("")),
            (template([text("a-"), Expression::Integer(2)]), text("")),
            (text("a-2"), text("")),
            (symbol("local.k"), text("")),
            (text("${local.k}"), text("")),
            (symbol("local.k"), text("")),
        ])),
        argument(Expression::Object(vec![(Expression::Null, text("")), (list([]), text("")), (object(&[]), text(""))])),
        argument(list([symbol("*.id"), provider_reference(&["aws"]), Expression::Number("NaN".into())])),
        argument(Expression::Splat(Box::new((symbol("aws_x.z"), text("x"))))),
        node(Kind::Variable, &["v"], body(&[("default", symbol("local.x"))], &[]), none()),
        node(Kind::Variable, &["v"], body(&[("default", Expression::Null), ("nullable", Expression::Bool(false))], &[]), none()),
        node(Kind::Provider, &["aws"], none(), body(&[("alias", text("we st"))], &[])),
        resource(none(), body(&[("count", Expression::Integer(1)), ("for_each", symbol("local.x"))], &[])),
        resource(none(), body(&[("depends_on", list([symbol("aws_x.z.arn")]))], &[])),
        lifecycle("ignore_changes", list([text("all")])),
        node(Kind::Module, &["m"], none(), none()),
        node(Kind::Resource, &["aws_x"], none(), none()),
        resource(body(&[], &[block("dynamic", &["r"], &[("iterator", text("a b"))], &[])]), none()),
        resource(body(&[], &[block("dynamic", &["r"], &[for_each.clone(), ("iterator", text("local"))], &content)]), none()),
        resource(body(&[], &[block("dynamic", &["data"], &[for_each], &content)]), none()),
    ];
    let said: Vec<String> = cases.into_iter().map(refused).collect();
    assert_snapshot!(said.join("\n"), @r#"
    unportable-text: `path` holds `${` or `%{`. Terraform takes it as it stands, OpenTofu evaluates it. Give the value itself: an input of the program can carry it.
    not-literal: Terraform reads `path` before it evaluates anything: it must be a constant value, not an expression.
    destroy-not-said: Left out, Terraform destroys the real object and OpenTofu keeps it. Set `destroy` in the block `lifecycle`: `false` lets go of the object, `true` destroys it.
    not-literal: Terraform reads `prevent_destroy` before it evaluates anything: it must be `true` or `false`, not an expression.
    not-a-reference: Terraform reads `ignore_changes` before it evaluates anything: it must be the symbol `all` or a list of texts, each the path of an argument.
    not-a-reference: Terraform reads `replace_triggered_by` before it evaluates anything: it must be a list of resources or of attributes of resources.
    not-a-reference: Terraform reads `depends_on` before it evaluates anything: it must be a list of whole things that are declared, without an attribute behind them.
    not-a-reference: Terraform reads `provider` before it evaluates anything: it must be a provider configuration.
    duplicate-argument: `a` stands twice in one body, as an argument and as a block or in two notations.
    invalid-argument-name: `//` is a comment in Terraform's JSON: what stands under it would be ignored.
    duplicate-key: The key `é` stands twice in an object of `a`.
    duplicate-key: The key `1` stands twice in an object of `a`.
    duplicate-key: The key `1` stands twice in an object of `a`.
    duplicate-key: The key `a-2` stands twice in an object of `a`.
    duplicate-key: The key `true` stands twice in an object of `a`.
    duplicate-key: The key `${local.k}` stands twice in an object of `a`.
    invalid-key: `null` is a key of an object in `a`. Terraform takes text, and what it can make text of.
    invalid-key: A list is a key of an object in `a`. Terraform takes text, and what it can make text of.
    invalid-key: An object is a key of an object in `a`. Terraform takes text, and what it can make text of.
    misplaced-item: `*.id`, in `a`, stands for the item of a splat, but no splat is around it.
    reference-without-value: `a` refers to `provider.aws`, which has no value that an expression could read.
    invalid-number: `NaN`, in `a`, is no number of JSON.
    invalid-splat: What a splat reads of each item, in `a`, is built of attributes and indices upon `*`. A `for` expression can say more.
    not-literal: Terraform reads `default` before it evaluates anything: it must be a constant value, not an expression.
    invalid-default: `default` is `null`, and `nullable` is `false`.
    invalid-name: The `alias` of a provider configuration is a name.
    count-with-for-each: Set `count` or `for_each`, not both.
    not-a-reference: Terraform reads `depends_on` before it evaluates anything: it must be a list of whole things that are declared, without an attribute behind them.
    not-a-reference: Terraform reads `ignore_changes` before it evaluates anything: it must be the symbol `all` or a list of texts, each the path of an argument.
    missing-argument: A module call needs the argument `source`.
    invalid-labels: 1 labels where a block `resource` has 2.
    invalid-dynamic: `iterator` is the name of a variable: text that is an identifier, and no word that means something else to Terraform.
    missing-argument: `dynamic "r"` needs the argument `for_each`.
    invalid-dynamic: `dynamic "r"` has exactly one block, `content`.
    invalid-dynamic: `iterator` is the name of a variable: text that is an identifier, and no word that means something else to Terraform.
    invalid-dynamic: `dynamic "data"` needs the argument `iterator`: its variable would be `data`, which means something else to Terraform.
    "#);
}
