//! `tapwasm inspect`

use super::{Done, Failure, OutputFormat, SourceArgs};
use crate::diagnostic::visible;
use crate::eval::{Description, Facts};
use crate::pipeline::{self, Component};
use crate::project::Schema;
use crate::schema::{self, ProviderIndex, Section};
use crate::ui::Ui;
use anyhow::anyhow;
use clap::Args;
use serde::Serialize;
use std::fmt::Write;

/// Show what a component is: its inputs, imports, exports, size and digest.
///
/// The program's `build` is not run. What the SDK wrote into the component is read; a component without that is asked, in the sandbox.
#[derive(Debug, Args)]
pub struct InspectArgs {
    #[command(flatten)]
    source: SourceArgs,
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

/// Shows what a component is.
pub fn inspect(mut ui: Ui, args: InspectArgs) -> Result<Done, Failure> {
    let stack = args.source.resolve()?;
    let component = pipeline::component(&mut ui, &stack)?;
    let Component { bytes, path } = &component;
    let facts = crate::eval::check(bytes).map_err(|error| anyhow!("{}: {error}", path.display()))?;
    let description = match described(&facts) {
        Some(description) => description,
        None => pipeline::describe(&ui, &pipeline::program(&ui, &component, &stack)?, path)?,
    };
    let schema = Schema::parse(&description.inputs)
        .map_err(|error| anyhow!("{}: the schema of the inputs cannot be used: {error}", path.display()))?;
    let providers = facts.provider_schemas.as_deref().map(schema::read).transpose();
    let providers =
        providers.map_err(|error| anyhow!("{}: the provider schema in it cannot be used: {error}", path.display()))?;
    let report = Report::of(bytes, facts, description, &schema, &providers.unwrap_or_default());
    match args.format {
        OutputFormat::Text => ui.result(&report.text())?,
        OutputFormat::Json => ui.document(&(serde_json::to_string_pretty(&report)? + "\n"))?,
    }
    Ok(Done::Fine)
}

fn described(facts: &Facts) -> Option<Description> {
    let value: serde_json::Value = serde_json::from_str(facts.description.as_deref()?).ok()?;
    let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
    Some(Description { name: text("name")?, version: text("version")?, inputs: value.get("inputs")?.to_string() })
}

/// What is shown; the JSON form is versioned.
#[derive(Serialize)]
struct Report {
    version: u64,
    program: String,
    program_version: String,
    api_version: Option<String>,
    size: usize,
    sha256: String,
    inputs: Vec<Input>,
    imports: Vec<String>,
    exports: Vec<String>,
    /// What its bindings left in it.
    schemas: Vec<Schemas>,
}

/// The schema of a provider's types that is in a component.
#[derive(Serialize)]
struct Schemas {
    provider: String,
    provider_version: Option<String>,
    types: usize,
}

#[derive(Serialize)]
struct Input {
    name: String,
    #[serde(rename = "type")]
    type_text: String,
    constraints: String,
    required: bool,
    secret: bool,
    default: Option<serde_json::Value>,
    shown_default: Option<String>,
    description: String,
}

impl Report {
    fn of(bytes: &[u8], facts: Facts, description: Description, schema: &Schema, providers: &[ProviderIndex]) -> Report {
        let schemas = providers.iter().map(|provider| Schemas {
            provider: provider.short_source().to_owned(),
            provider_version: provider.version.clone(),
            types: [Section::Resource, Section::Data, Section::Ephemeral]
                .map(|section| provider.names(section).count())
                .iter()
                .sum(),
        });
        let inputs = schema.properties.iter().map(|(name, property)| Input {
            name: name.clone(),
            type_text: property.type_text(),
            constraints: property.constraint_text(),
            required: schema.required.contains(name),
            secret: property.is_secret,
            default: property.default.clone(),
            shown_default: property.shown_default.clone(),
            description: property.description.clone(),
        });
        Report {
            version: crate::report::json::VERSION,
            program: description.name,
            program_version: description.version,
            api_version: facts.api_version,
            size: bytes.len(),
            sha256: pipeline::sha256_hex(bytes),
            inputs: inputs.collect(),
            imports: facts.imports,
            exports: facts.exports,
            schemas: schemas.collect(),
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = writeln!(text, "program   {} {}", visible(&self.program), visible(&self.program_version));
        let _ = writeln!(text, "contract  {}", self.api_version.as_deref().map_or("not told".into(), visible));
        let _ = writeln!(text, "size      {} bytes", self.size);
        let _ = writeln!(text, "sha256    {}", self.sha256);
        for Schemas { provider, provider_version, types } in &self.schemas {
            let version = provider_version.as_deref().map_or(String::new(), |version| format!(" {}", visible(version)));
            let _ = writeln!(text, "schema    {}{version}, {types} types", visible(provider));
        }
        let _ = writeln!(text, "\nInputs{}", if self.inputs.is_empty() { ": none" } else { "" });
        for input in &self.inputs {
            let _ = writeln!(text, "  {}: {}{}", visible(&input.name), visible(&input.type_text), visible(&input.default_text()));
            for line in [&input.description, &input.constraints].into_iter().filter(|line| !line.is_empty()) {
                let _ = writeln!(text, "      {}", visible(line));
            }
        }
        for (title, names) in [("Imports", &self.imports), ("Exports", &self.exports)] {
            let _ = writeln!(text, "\n{title}{}", if names.is_empty() { ": none" } else { "" });
            names.iter().for_each(|name| {
                let _ = writeln!(text, "  {}", visible(name));
            });
        }
        text
    }
}

impl Input {
    fn default_text(&self) -> String {
        match (&self.shown_default, &self.default) {
            _ if self.secret => ", a secret: give it to terraform".to_owned(),
            (Some(shown), _) => format!(" = {shown}"),
            (None, Some(default)) => format!(" = {default}"),
            (None, None) if self.required => ", required".to_owned(),
            (None, None) => ", optional".to_owned(),
        }
    }
}
