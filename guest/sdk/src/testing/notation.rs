//! Values in Terraform's notation, for people who read a test's message. What is emitted is the host's matter.

use super::Node;

/// Returns a value as an expression.
pub(super) fn expression(node: &Node) -> String {
    match node {
        Node::Null => "null".to_owned(),
        Node::Bool(value) => value.to_string(),
        Node::Integer(value) => value.to_string(),
        Node::Number(decimal) => decimal.clone(),
        Node::Text(_) => format!("\"{}\"", text(node)),
        Node::List(items) => format!("[{}]", joined(items)),
        Node::Object(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{} = {}", expression(key), expression(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Node::Reference(path) | Node::Symbol(path) => path.clone(),
        Node::Form(name, children) => form(name, children),
    }
}

/// Returns a value as it stands inside text.
pub(super) fn text(node: &Node) -> String {
    match node {
        Node::Text(text) => {
            text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace("${", "$${").replace("%{", "%%{")
        }
        Node::Form(name, parts) if name == "template" => parts.iter().map(text).collect(),
        Node::Form(name, parts) if name == "directive-if" && parts.len() == 3 => {
            let otherwise = if parts[2] == Node::Null { String::new() } else { format!("%{{else}}{}", text(&parts[2])) };
            format!("%{{if {}}}{}{otherwise}%{{endif}}", expression(&parts[0]), text(&parts[1]))
        }
        Node::Form(name, parts) if name == "directive-for" && parts.len() == 4 => {
            format!("%{{for {} in {}}}{}%{{endfor}}", variables(&parts[0], &parts[1]), expression(&parts[2]), text(&parts[3]))
        }
        other => format!("${{{}}}", expression(other)),
    }
}

fn form(name: &str, children: &[Node]) -> String {
    let (kind, detail) = name.split_once(':').unwrap_or((name, ""));
    match (kind, children) {
        ("template", _) => format!("\"{}\"", children.iter().map(text).collect::<String>()),
        ("call", _) => format!("{detail}({})", joined(children)),
        ("call-expand", _) => format!("{detail}({}...)", joined(children)),
        ("attribute", [object]) => format!("{}.{detail}", expression(object)),
        ("index", [collection, key]) => format!("{}[{}]", expression(collection), expression(key)),
        ("splat", [collection, projection]) => {
            format!("{}[{}", expression(collection), expression(projection).replacen('*', "*]", 1))
        }
        ("conditional", [condition, then, otherwise]) => {
            format!("({} ? {} : {})", expression(condition), expression(then), expression(otherwise))
        }
        ("unary", [operand]) => format!("{detail}{}", expression(operand)),
        ("binary", [left, right]) => format!("({} {detail} {})", expression(left), expression(right)),
        ("for-list", [key, value, collection, item, condition]) => {
            let head = format!("for {} in {}", variables(key, value), expression(collection));
            format!("[{head} : {}{}]", expression(item), filter(condition))
        }
        ("for-object", [key, value, collection, item_key, item, condition, grouping]) => {
            let head = format!("for {} in {}", variables(key, value), expression(collection));
            let dots = if *grouping == true { "..." } else { "" };
            format!("{{{head} : {} => {}{dots}{}}}", expression(item_key), expression(item), filter(condition))
        }
        ("raw", [Node::Text(raw)]) => raw.clone(),
        _ => format!("{name}({})", joined(children)),
    }
}

fn joined(nodes: &[Node]) -> String {
    nodes.iter().map(expression).collect::<Vec<_>>().join(", ")
}

fn variables(key: &Node, value: &Node) -> String {
    [key, value]
        .into_iter()
        .filter_map(|node| if let Node::Text(name) = node { Some(name.as_str()) } else { None })
        .collect::<Vec<_>>()
        .join(", ")
}

fn filter(condition: &Node) -> String {
    if *condition == Node::Null { String::new() } else { format!(" if {}", expression(condition)) }
}
