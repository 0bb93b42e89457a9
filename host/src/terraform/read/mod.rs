//! Terraform JSON, of whoever wrote it, as a [`Configuration`] that can be compared with another.
//!
//! What Terraform takes for the same reads the same, as far as that can be seen without the schema of a provider: forms of bodies, comments,
//! the order of keys and of what is a set, notations of templates, defaults of Terraform's own arguments. The rules are those of Terraform's JSON
//! (the emitter of this crate follows the same ones).

mod blocks;
mod body;
mod expression;
mod names;
mod settings;
#[cfg(test)]
mod tests;

use crate::model::json::{self, JsonError};
use crate::model::{Address, Configuration, ConfiguredBlock, Expression, Kind, hcl};
use body::{labels, members};
use names::Names;

/// Why a file is no configuration that can be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is no JSON.
    #[error("{0}")]
    Json(#[from] JsonError),
    /// It says something that Terraform does not understand.
    #[error("{0}")]
    Content(String),
}

type Result<T> = std::result::Result<T, ReadError>;

fn wrong<T>(message: impl Into<String>) -> Result<T> {
    Err(ReadError::Content(message.into()))
}

/// Reads a configuration.
///
/// # Errors
/// What is no JSON, and what stands where Terraform expects something else.
pub fn read(text: &str) -> Result<Configuration> {
    let root = json::parse(text)?;
    let mut configuration = Configuration { stack: stack_name(&root), ..Configuration::default() };
    let mut settings = Vec::new();
    for (key, value) in labels(root, "the file")? {
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.terraform_key() == &*key) else {
            return wrong(format!("`{key}` is nothing that Terraform knows at the top of a configuration"));
        };
        match kind {
            Kind::Settings => settings.extend(members(value, "terraform")?),
            Kind::Local => {
                for (name, value) in members(value, "locals")? {
                    let value = blocks::value(value);
                    let content = Expression::Object(vec![(Expression::text("value"), value)]);
                    add(&mut configuration, kind, Address::new(kind, &[&name]), None, content)?;
                }
            }
            Kind::Moved | Kind::Import | Kind::Removed => {
                let items = if let Expression::List(items) = value { items } else { vec![value] };
                for item in items {
                    let content = blocks::block(kind, members(item, kind.terraform_key())?)?;
                    let end = |name| text_of(&content, name).unwrap_or_default();
                    let text = match kind {
                        Kind::Moved => format!("moved {} -> {}", end("from"), end("to")),
                        Kind::Import => format!("import {}", end("to")),
                        _ => format!("removed {}", end("from")),
                    };
                    add(&mut configuration, kind, Address::from_text(&text), None, content)?;
                }
            }
            Kind::Provider => {
                for (name, value) in labels(value, "provider")? {
                    let bodies = if let Expression::List(bodies) = value { bodies } else { vec![value] };
                    for body in bodies {
                        let content = blocks::block(kind, members(body, &format!("provider.{name}"))?)?;
                        let alias = argument(&content, "alias").and_then(Expression::as_text).map(str::to_owned);
                        let names: Vec<String> = [Some(name.clone()), alias].into_iter().flatten().collect();
                        add(&mut configuration, kind, Address::new(kind, &names), None, content)?;
                    }
                }
            }
            Kind::Resource | Kind::Data | Kind::Ephemeral => {
                for (type_name, named) in labels(value, kind.terraform_key())? {
                    for (name, body) in labels(named, &format!("{}.{type_name}", kind.terraform_key()))? {
                        let address = Address::new(kind, &[&type_name, &name]);
                        let content = blocks::resource(&type_name, members(body, address.as_str())?)?;
                        add(&mut configuration, kind, address, Some(&type_name), content)?;
                    }
                }
            }
            Kind::Variable | Kind::Output | Kind::Module | Kind::Check => {
                for (name, body) in labels(value, kind.terraform_key())? {
                    let address = Address::new(kind, &[&name]);
                    let content = blocks::block(kind, members(body, address.as_str())?)?;
                    add(&mut configuration, kind, address, None, content)?;
                }
            }
        }
    }
    let content = settings::settings(settings)?;
    add(&mut configuration, Kind::Settings, Address::new(Kind::Settings, &[""; 0]), None, content)?;
    Ok(configuration)
}

fn add(to: &mut Configuration, kind: Kind, address: Address, type_name: Option<&str>, content: Expression) -> Result<()> {
    let block = ConfiguredBlock { kind, type_name: type_name.map(Into::into), content };
    match to.blocks.insert(address.clone(), block) {
        None => Ok(()),
        Some(_) => wrong(format!("`{address}` is declared twice")),
    }
}

/// Returns the name that CDKTF notes in a comment: `"//": {"metadata": {"stackName": …}}`.
fn stack_name(root: &Expression) -> Option<String> {
    let name = argument(argument(argument(root, "//")?, "metadata")?, "stackName")?;
    name.as_text().map(str::to_owned)
}

fn argument<'a>(of: &'a Expression, name: &str) -> Option<&'a Expression> {
    match of {
        Expression::Object(pairs) => pairs.iter().find(|(key, _)| key.as_text() == Some(name)).map(|(_, value)| value),
        _ => None,
    }
}

fn text_of(content: &Expression, name: &str) -> Option<String> {
    argument(content, name).map(hcl::expression_text)
}
