//! Puts something at a place that was found; the place is trusted.

use super::Content;
use super::resolve::{Step, Target};
use crate::model::{Block, Body, Declaration, Expression, Name};

/// Puts a value or a block at a place of a declaration, or takes away what stands there.
pub(super) fn put(declaration: &mut Declaration, target: &Target, content: Content) {
    let body = if target.in_meta { &mut declaration.meta } else { &mut declaration.body };
    in_body(body, &target.steps, &target.labels, content);
}

fn in_body(body: &mut Body, steps: &[Step], labels: &[Name], content: Content) {
    match steps {
        [Step::Argument(name), rest @ ..] => {
            let position = body.arguments.binary_search_by(|(known, _)| known.cmp(name));
            match (position, rest, content) {
                (Ok(position), [], Content::Value(value)) => body.arguments[position].1 = value,
                (Err(position), [], Content::Value(value)) => body.arguments.insert(position, (name.clone(), value)),
                (Ok(position), [], _) => drop(body.arguments.remove(position)),
                (Ok(position), rest, content) => in_value(&mut body.arguments[position].1, rest, content),
                (Err(_), _, _) => {}
            }
        }
        [Step::Block(name, number), rest @ ..] => {
            let mut of_type = body.blocks.iter().enumerate().filter(|(_, block)| block.name == *name);
            let position = of_type.nth(*number).map(|(position, _)| position);
            match (position, rest, content) {
                (Some(position), [], Content::Block(new)) => body.blocks[position].body = new,
                (None, [], Content::Block(new)) => {
                    let behind = body.blocks.partition_point(|block| block.name <= *name);
                    body.blocks.insert(behind, Block { name: name.clone(), labels: labels.to_vec(), body: new });
                }
                (Some(position), [], _) => drop(body.blocks.remove(position)),
                (Some(position), rest, content) => in_body(&mut body.blocks[position].body, rest, labels, content),
                (None, _, _) => {}
            }
        }
        _ => {}
    }
}

fn in_value(value: &mut Expression, steps: &[Step], content: Content) {
    match (value, steps) {
        (Expression::Object(pairs), [Step::Key(key), rest @ ..]) => {
            let position = pairs.iter().position(|(known, _)| known.as_text() == Some(key));
            match (position, rest, content) {
                (Some(position), [], Content::Value(new)) => pairs[position].1 = new,
                (None, [], Content::Value(new)) => pairs.push((Expression::text(key.as_ref()), new)),
                (Some(position), [], _) => drop(pairs.remove(position)),
                (Some(position), rest, content) => in_value(&mut pairs[position].1, rest, content),
                (None, _, _) => {}
            }
        }
        (Expression::List(items), [Step::Item(number), rest @ ..]) => match (items.get_mut(*number), rest, content) {
            (Some(item), [], Content::Value(new)) => *item = new,
            (None, [], Content::Value(new)) => items.push(new),
            (Some(_), [], _) => drop(items.remove(*number)),
            (Some(item), rest, content) => in_value(item, rest, content),
            (None, _, _) => {}
        },
        _ => {}
    }
}
