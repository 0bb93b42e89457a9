//! Resource graphs as DOT, for pictures, and as JSON, for programs. An edge goes from what refers to what is referred to.

use super::json::{VERSION, kind_name};
use crate::diagnostic::visible;
use crate::graph::ResourceGraph;
use std::fmt::Write as _;

/// Returns graphs in the language of Graphviz, each stack a cluster.
pub fn dot(graphs: &[ResourceGraph]) -> String {
    let mut out = String::from("digraph {\n  rankdir = \"LR\"\n  node [shape = \"box\"]\n");
    for (number, graph) in graphs.iter().enumerate() {
        // Writing to a string does not fail.
        let _ = writeln!(out, "  subgraph cluster_{number} {{\n    label = {}", quoted(&graph.stack));
        let id = |node: usize| quoted(&format!("{}/{}", graph.stack, graph.nodes[node].address));
        for (index, node) in graph.nodes.iter().enumerate() {
            let _ = writeln!(out, "    {} [label = {}]", id(index), quoted(node.address.as_str()));
        }
        for (from, to) in edges(graph) {
            let _ = writeln!(out, "    {} -> {}", id(from), id(to));
        }
        out.push_str("  }\n");
    }
    out.push_str("}\n");
    out
}

/// Returns graphs as JSON: nodes and edges with addresses.
pub fn json(graphs: &[ResourceGraph]) -> String {
    let stacks = graphs.iter().map(|graph| StackV1 {
        stack: &graph.stack,
        dependencies: &graph.dependencies,
        nodes: graph.nodes.iter().map(|node| NodeV1 { address: node.address.as_str(), kind: kind_name(node.kind) }).collect(),
        edges: edges(graph).map(|(from, to)| EdgeV1 { from: address(graph, from), to: address(graph, to) }).collect(),
    });
    let report = GraphsV1 { version: VERSION, stacks: stacks.collect() };
    serde_json::to_string_pretty(&report).expect("text and numbers can always be written") + "\n"
}

#[derive(serde::Serialize)]
struct GraphsV1<'a> {
    version: u64,
    stacks: Vec<StackV1<'a>>,
}

#[derive(serde::Serialize)]
struct StackV1<'a> {
    stack: &'a str,
    /// The stacks that are applied before it.
    dependencies: &'a [String],
    nodes: Vec<NodeV1<'a>>,
    edges: Vec<EdgeV1<'a>>,
}

#[derive(serde::Serialize)]
struct NodeV1<'a> {
    address: &'a str,
    kind: &'static str,
}

#[derive(serde::Serialize)]
struct EdgeV1<'a> {
    from: &'a str,
    to: &'a str,
}

fn edges(graph: &ResourceGraph) -> impl Iterator<Item = (usize, usize)> {
    graph.edges.iter().enumerate().flat_map(|(from, targets)| targets.iter().map(move |to| (from, *to as usize)))
}

fn address(graph: &ResourceGraph, node: usize) -> &str {
    graph.nodes[node].address.as_str()
}

/// In DOT's quotes only the quote is special, and a backslash begins an escape in labels.
fn quoted(text: &str) -> String {
    format!("\"{}\"", visible(text).replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::arbitrary::{graph, resource};

    fn graphs() -> Vec<ResourceGraph> {
        let nodes = vec![resource("aws_kms_key", "logs", &[]), resource("aws_log_group", "\"app\\", &[])];
        vec![ResourceGraph { edges: vec![vec![], vec![0]], ..graph(nodes) }]
    }

    #[test]
    fn dot_draws_who_refers_to_whom() {
        insta::assert_snapshot!(dot(&graphs()), @r#"
        digraph {
          rankdir = "LR"
          node [shape = "box"]
          subgraph cluster_0 {
            label = "dev"
            "dev/aws_kms_key.logs" [label = "aws_kms_key.logs"]
            "dev/aws_log_group.\"app\\" [label = "aws_log_group.\"app\\"]
            "dev/aws_log_group.\"app\\" -> "dev/aws_kms_key.logs"
          }
        }
        "#);
    }

    #[test]
    fn json_names_nodes_and_edges() {
        insta::assert_snapshot!(json(&graphs()), @r#"
        {
          "version": 1,
          "stacks": [
            {
              "stack": "dev",
              "dependencies": [],
              "nodes": [
                {
                  "address": "aws_kms_key.logs",
                  "kind": "resource"
                },
                {
                  "address": "aws_log_group.\"app\\",
                  "kind": "resource"
                }
              ],
              "edges": [
                {
                  "from": "aws_log_group.\"app\\",
                  "to": "aws_kms_key.logs"
                }
              ]
            }
          ]
        }
        "#);
    }
}
