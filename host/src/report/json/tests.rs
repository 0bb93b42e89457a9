use super::*;
use crate::plan::plan;
use crate::report::text::tests::{after, before};
use crate::state::Snapshot;
use crate::state::arbitrary::{any_graph, graph, resource};
use proptest::prelude::*;

#[test]
fn a_plan_is_told_with_all_its_parts() {
    let (before, after) = (before(), after());
    let plan = plan(&after, Some(&before));
    insta::assert_snapshot!(plans(&[plan], &Diagnostics::default(), "abc"), @r##"
    {
      "version": 1,
      "approval": "abc",
      "stacks": [
        {
          "stack": "dev",
          "first": false,
          "summary": {
            "create": 1,
            "update": 3,
            "move": 1,
            "delete": 2,
            "unchanged": 0
          },
          "changes": [
            {
              "address": "aws_alarm.errors",
              "kind": "resource",
              "action": "update",
              "differences": [
                {
                  "part": "body",
                  "path": [
                    "query",
                    1
                  ],
                  "text": "query[1]",
                  "after": {
                    "block": {
                      "type": "query",
                      "labels": [],
                      "body": {
                        "arguments": {
                          "id": {
                            "value": "b"
                          },
                          "label": {
                            "value": "B"
                          }
                        },
                        "blocks": []
                      }
                    }
                  }
                },
                {
                  "part": "host",
                  "path": [
                    "protect"
                  ],
                  "text": "protect",
                  "before": {
                    "value": false
                  },
                  "after": {
                    "value": true
                  }
                }
              ]
            },
            {
              "address": "aws_instance.web",
              "kind": "resource",
              "action": "update",
              "differences": [
                {
                  "part": "body",
                  "path": [
                    "kms_key_id"
                  ],
                  "text": "kms_key_id",
                  "after": {
                    "expression": "aws_kms_key.new.arn"
                  }
                },
                {
                  "part": "body",
                  "path": [
                    "long"
                  ],
                  "text": "long",
                  "after": {
                    "value": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                  }
                },
                {
                  "part": "body",
                  "path": [
                    "old"
                  ],
                  "text": "old",
                  "before": {
                    "value": true
                  }
                },
                {
                  "part": "body",
                  "path": [
                    "user_data"
                  ],
                  "text": "user_data",
                  "before": {
                    "value": "#!/bin/sh\none\ntwo\nthree\nfour\nfive\n"
                  },
                  "after": {
                    "value": "#!/bin/sh\none\ntwo\nthree\nfour \u001b[2J\nfive\n"
                  }
                }
              ]
            },
            {
              "address": "aws_kms_key.new",
              "kind": "resource",
              "action": "create",
              "body": {
                "arguments": {
                  "description": {
                    "value": "logs"
                  }
                },
                "blocks": []
              }
            },
            {
              "address": "aws_kms_key.old",
              "kind": "resource",
              "action": "delete",
              "body": {
                "arguments": {
                  "description": {
                    "value": "logs"
                  }
                },
                "blocks": []
              }
            },
            {
              "address": "aws_log_group.app",
              "kind": "resource",
              "action": "update",
              "differences": [
                {
                  "part": "body",
                  "path": [
                    "policy",
                    "Statement",
                    1,
                    "Action"
                  ],
                  "text": "policy.Statement[1].Action",
                  "before": {
                    "value": "kms:Encrypt"
                  },
                  "after": {
                    "value": "kms:*"
                  }
                },
                {
                  "part": "body",
                  "path": [
                    "retention_in_days"
                  ],
                  "text": "retention_in_days",
                  "before": {
                    "value": 30
                  },
                  "after": {
                    "value": 90
                  }
                }
              ]
            },
            {
              "address": "aws_table.ledger",
              "kind": "resource",
              "action": "delete",
              "body": {
                "arguments": {},
                "blocks": []
              }
            },
            {
              "address": "aws_topic.after",
              "kind": "resource",
              "action": "move",
              "from": "aws_topic.before",
              "differences": [
                {
                  "part": "body",
                  "path": [
                    "name"
                  ],
                  "text": "name",
                  "before": {
                    "value": "alerts"
                  },
                  "after": {
                    "value": "alarms"
                  }
                }
              ]
            }
          ],
          "proposals": [
            {
              "from": "aws_kms_key.old",
              "to": "aws_kms_key.new",
              "reason": "same-content"
            }
          ],
          "refused": [
            "aws_table.ledger"
          ]
        }
      ],
      "diagnostics": []
    }
    "##);
}

#[test]
fn refusals_are_among_the_diagnostics() -> serde_json::Result<()> {
    let (before, after) = (before(), graph(vec![]));
    let plan = plan(&after, Some(&before));
    let diagnostics = plan.diagnostics();
    let report: serde_json::Value = serde_json::from_str(&plans(&[plan], &diagnostics, "abc"))?;
    assert_eq!(report["stacks"][0]["refused"][0], "aws_table.ledger");
    assert_eq!(report["diagnostics"][0]["code"], "protected");
    Ok(())
}

#[test]
fn numbers_that_readers_would_round_are_expressions() {
    let number = Expression::Number("12345678901234567890.1".into());
    let graph = graph(vec![resource("t", "n", &[("a", Expression::List(vec![number]))])]);
    let report = plans(&[plan(&graph, None)], &Diagnostics::default(), "abc");
    assert!(report.contains("\"expression\": \"[12345678901234567890.1]\""), "{report}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::state::arbitrary::cases(30)))]

    #[test]
    fn it_is_json_whatever_is_declared(before in any_graph(), after in any_graph()) {
        let snapshot = Snapshot::of(&before, None).expect("randomness");
        let report = plans(&[plan(&after, Some(&snapshot))], &Diagnostics::default(), "abc");
        prop_assert!(serde_json::from_str::<serde_json::Value>(&report).is_ok());
    }
}

#[test]
fn another_order_has_its_own_form() {
    let of =
        |items: [i64; 2]| graph(vec![resource("t", "n", &[("a", Expression::List(items.map(Expression::Integer).to_vec()))])]);
    let before = Snapshot::of(&of([1, 2]), None).expect("randomness");
    let after = of([2, 1]);
    let json = plans(&[plan(&after, Some(&before))], &Diagnostics::default(), "");
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let difference = &json["stacks"][0]["changes"][0]["differences"][0];
    assert_eq!(*difference, serde_json::json!({"part": "body", "path": ["a"], "text": "a", "reordered": [1, 0]}));
}
