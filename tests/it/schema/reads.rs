//! Reads of something declared, by random steps through its schema, with one fault or none.

use super::dice::Dice;
use tapwasm::model::{Address, Expression, Name};
use tapwasm::schema::{Block, Nesting, Type};

/// What is wrong with a read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    None,
    Misspelt,
    Unindexed,
    OfPrimitive,
    IndexOfSet,
}

/// Every kind of fault, by name.
pub(super) const FAULTS: [(&str, Fault); 5] = [
    ("read", Fault::None),
    ("read: attribute misspelt", Fault::Misspelt),
    ("read: list without an index", Fault::Unindexed),
    ("read: of a primitive", Fault::OfPrimitive),
    ("read: index of a set", Fault::IndexOfSet),
];

#[derive(Clone)]
enum Step {
    /// A name that the schema has.
    Name(String),
    /// A name that is a key of a map.
    Key,
    Index,
}

/// What a walk through a schema came to.
enum End {
    Primitive,
    Set,
    Other,
}

/// Returns a read of an attribute behind an address, or of its instance; nothing where this walk has no place for such a fault.
pub(super) fn read(
    address: &Address,
    instance: Option<Expression>,
    schema: &Block,
    fault: Fault,
    dice: &mut Dice,
) -> Option<Expression> {
    let mut steps = Vec::new();
    let end = through_block(schema, &mut steps, dice);
    let at = |wanted: fn(&[Step]) -> bool, steps: &[Step]| -> Vec<usize> {
        (0..steps.len()).filter(|position| wanted(&steps[*position..])).collect()
    };
    match fault {
        Fault::None => {}
        Fault::Misspelt => {
            let names = at(|steps| matches!(steps[0], Step::Name(_)), &steps);
            let Step::Name(name) = &mut steps[*dice.of(&names)?] else { return None };
            name.push('x');
        }
        Fault::Unindexed => {
            let indices = at(|steps| matches!(steps, [Step::Index, Step::Name(_), ..]), &steps);
            steps.remove(*dice.of(&indices)?);
        }
        Fault::OfPrimitive => {
            let End::Primitive = end else { return None };
            steps.push(if dice.one_in(2) { Step::Index } else { Step::Name("name".into()) });
        }
        Fault::IndexOfSet => {
            let End::Set = end else { return None };
            steps.push(Step::Index);
        }
    }
    Some(if dice.one_in(3) { raw(address, instance, &steps) } else { expression(address, instance, &steps) })
}

fn through_block(block: &Block, steps: &mut Vec<Step>, dice: &mut Dice) -> End {
    let nested: Vec<_> = block.blocks.iter().collect();
    let attributes: Vec<_> = block.attributes.iter().collect();
    if let Some((name, nested)) = dice.of(&nested)
        && (attributes.is_empty() || dice.one_in(2))
    {
        steps.push(Step::Name(name.to_string()));
        return match nested.nesting {
            Nesting::Single | Nesting::Group => through_block(&nested.block, steps, dice),
            Nesting::Set => End::Set,
            Nesting::List | Nesting::Map => {
                steps.push(if nested.nesting == Nesting::List { Step::Index } else { Step::Key });
                through_block(&nested.block, steps, dice)
            }
        };
    }
    let Some((name, attribute)) = dice.of(&attributes) else { return End::Other };
    steps.push(Step::Name(name.to_string()));
    through_type(&attribute.of(), steps, dice)
}

fn through_type(of: &Type, steps: &mut Vec<Step>, dice: &mut Dice) -> End {
    match of {
        Type::String | Type::Number | Type::Bool => End::Primitive,
        Type::Set(_) => End::Set,
        Type::List(of) => {
            steps.push(Step::Index);
            through_type(of, steps, dice)
        }
        Type::Map(of) => {
            steps.push(Step::Key);
            through_type(of, steps, dice)
        }
        Type::Object(fields) => match dice.of(fields) {
            Some(field) => {
                steps.push(Step::Name(field.name.to_string()));
                through_type(&field.of, steps, dice)
            }
            None => End::Other,
        },
        Type::Dynamic | Type::Tuple(_) => End::Other,
    }
}

/// As a guest says it: what stands in front is a path.
fn expression(address: &Address, instance: Option<Expression>, steps: &[Step]) -> Expression {
    let is_name = |step: &&Step| matches!(step, Step::Name(_));
    let n_names = if instance.is_some() { 0 } else { steps.iter().take_while(is_name).count() };
    let (names, rest) = steps.split_at(n_names);
    let names: Vec<&str> =
        names.iter().filter_map(|step| if let Step::Name(name) = step { Some(&**name) } else { None }).collect();
    let mut value = Expression::reference(address.clone(), &names.join("."));
    if let Some(key) = instance {
        value = Expression::Index(Box::new((value, key)));
    }
    for step in rest {
        value = match step {
            Step::Name(name) => Expression::Attribute(Box::new((value, Name::from(&**name)))),
            Step::Key => Expression::Index(Box::new((value, Expression::text("key")))),
            Step::Index => Expression::Index(Box::new((value, Expression::Integer(0)))),
        };
    }
    value
}

fn raw(address: &Address, instance: Option<Expression>, steps: &[Step]) -> Expression {
    let mut text = address.to_string();
    match instance {
        Some(Expression::Text(key)) => text.push_str(&format!("[{key:?}]")),
        Some(_) => text.push_str("[0]"),
        None => {}
    }
    for step in steps {
        match step {
            Step::Name(name) => text.push_str(&format!(".{name}")),
            Step::Key => text.push_str(".key"),
            Step::Index => text.push_str("[0]"),
        }
    }
    Expression::Raw(Box::new((text, vec![address.clone()])))
}
