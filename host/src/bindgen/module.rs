//! The module of one type: its function, builder and handle, and the structs of what is nested in it.

use super::docs::{Docs, deprecation};
use super::layout::{Signature, open_struct};
use super::names::{Taken, handle, pascal, snake};
use super::shape::{Count, Node, NodeKind, Nodes, bounds};
use crate::schema::{Attribute, Block, NestedBlock, Nesting, Section, Shape, Type};

/// What every builder of a block with a name has beside its arguments.
const OF_BUILDERS: [&str; 8] =
    ["count", "for_each", "depends_on", "address", "provider", "precondition", "postcondition", "declare"];
/// What those have too that Terraform's state remembers.
const OF_REMEMBERED: [&str; 2] = ["formerly", "protect"];
const OF_RESOURCES: [&str; 3] = ["lifecycle", "provisioner", "connection"];
const OF_PROVIDERS: [&str; 2] = ["alias", "declare"];
/// What all of them have.
const OF_ALL: [&str; 2] = ["also", "untyped"];

/// A type that a module is written for.
pub(super) struct Module<'a> {
    pub(super) section: Section,
    /// Terraform's name: of the type, or of the provider.
    pub(super) terraform: &'a str,
    /// The name of module and function.
    pub(super) name: &'a str,
    pub(super) block: &'a Block,
    pub(super) docs: &'a Docs,
    nodes: Nodes<'a>,
    /// The handle's name.
    handle: String,
}

/// What must be given: a field of a literal.
struct Required {
    field: String,
    parameter: String,
    bound: String,
    /// The SDK's method, and its arguments before the value.
    set: (&'static str, String),
    docs: String,
}

impl<'a> Module<'a> {
    pub(super) fn new(section: Section, terraform: &'a str, name: &'a str, block: &'a Block, docs: &'a Docs) -> Module<'a> {
        let handle = handle(name);
        let builder = format!("{handle}Builder");
        let reserved = Taken::of(["Required", "AsRef", &handle, &builder]);
        Module { section, terraform, name, block, docs, nodes: Nodes::of(block, reserved), handle }
    }

    /// Returns the module's text, without what stands at a file's head.
    pub(super) fn text(&self) -> String {
        let (noun, macro_name) = match self.section {
            Section::Data => ("data source", "data"),
            Section::Ephemeral => ("ephemeral resource", "ephemeral"),
            Section::Config => ("configuration of the provider", "provider"),
            _ => ("resource", "resource"),
        };
        let (terraform, builder) = (self.terraform, self.builder());
        let mut out = format!("//! The {noun} `{terraform}`.\n\nuse ::tapwasm_guest::typed as sdk;\n");
        if self.section == Section::Config {
            out.push_str(&format!("\nsdk::provider!(\"{terraform}\", {builder});\n\n"));
        } else {
            out.push_str(&format!(
                "use sdk::Readable as _;\n\nsdk::{macro_name}!(\"{terraform}\", {}, {builder});\n\n",
                self.handle
            ));
        }
        let article = if noun.starts_with('e') { "an" } else { "a" };
        self.docs.write(0, &format!("Starts {article} {noun} `{terraform}`."), self.block.description.as_deref(), &mut out);
        deprecation(0, self.block.is_deprecated, &mut out);
        self.function(&mut out);
        let builder = if self.section == Section::Config { builder } else { format!("{builder}<I>") };
        let generics = if self.section == Section::Config { "" } else { "<I>" };
        self.implementation(
            &format!("impl{generics} {builder}"),
            &self.setters(self.block, &[], &self.builder_words()),
            &mut out,
        );
        if self.section != Section::Config {
            let getters = self.getters(self.block, &[], &["untyped", "reserve"]);
            self.implementation(&format!("impl<S: sdk::Readable> {}<S>", self.handle), &getters, &mut out);
        }
        for node in self.nodes.all.iter().filter(|node| node.is_first) {
            self.node(node, &mut out);
        }
        out
    }

    fn builder(&self) -> String {
        format!("{}Builder", self.handle)
    }

    fn builder_words(&self) -> Vec<&'static str> {
        let words: &[&[&str]] = match self.section {
            Section::Data => &[&OF_BUILDERS, &OF_REMEMBERED],
            Section::Ephemeral => &[&OF_BUILDERS],
            Section::Config => &[&OF_PROVIDERS],
            _ => &[&OF_BUILDERS, &OF_REMEMBERED, &OF_RESOURCES],
        };
        [words.concat(), OF_ALL.to_vec()].concat()
    }

    /// The function that starts a builder, and the literal of what it cannot do without.
    fn function(&self, out: &mut String) {
        let required = self.required(self.block, &[], "Required");
        let start = match self.section {
            Section::Config => format!("scope.provider(\"{}\")", self.terraform),
            Section::Data => format!("scope.data(\"{}\", name)", self.terraform),
            Section::Ephemeral => format!("scope.ephemeral(\"{}\", name)", self.terraform),
            _ => format!("scope.resource(\"{}\", name)", self.terraform),
        };
        let mut parameters = vec!["scope: sdk::Scope".to_owned()];
        if self.section != Section::Config {
            parameters.push("name: impl AsRef<str>".to_owned());
        }
        let names: Vec<&str> = required.iter().map(|one| one.parameter.as_str()).collect();
        if !required.is_empty() {
            parameters.push(format!("required: Required<{}>", names.join(", ")));
        }
        let generics = required.iter().map(|one| format!("{}: {}", one.parameter, one.bound)).collect();
        out.push_str("#[track_caller]\n");
        Signature { indent: 0, name: self.name, generics, parameters, result: &self.builder() }.write(out);
        if required.is_empty() {
            out.push_str(&format!("    {}({start})\n}}\n", self.builder()));
            return;
        }
        out.push_str(&format!("    let builder = {start};\n"));
        for Required { field, set: (set, name), .. } in &required {
            out.push_str(&format!("    let builder = builder.{set}({name}, required.{field});\n"));
        }
        out.push_str(&format!("    {}(builder)\n}}\n\n", self.builder()));
        out.push_str(&format!("/// What `{}` cannot be without.\n", self.terraform));
        literal("Required", &required, out);
    }

    fn implementation(&self, head: &str, methods: &[String], out: &mut String) {
        if !methods.is_empty() {
            out.push_str(&format!("\n{head} {{\n{}}}\n", methods.join("\n")));
        }
    }

    /// What must be given of a block, by its attributes and nested blocks. `literal` is the struct that they are fields of.
    fn required(&self, block: &Block, path: &[&str], literal: &str) -> Vec<Required> {
        let mut fields = Taken::default();
        // A parameter of the name of a struct that a bound names would hide it.
        let mut parameters = self.nodes.taken.clone();
        [literal, "AsRef"].iter().for_each(|name| parameters.add(*name));
        let attributes = block.attributes.iter().filter(|(_, attribute)| attribute.is_required).map(|(name, attribute)| {
            let mut docs = String::new();
            self.docs.attribute(4, attribute, &mut docs);
            let bound = format!("sdk::IntoExpr<{}>", self.type_of(attribute, path, name));
            (name, bound, ("set_typed", format!("\"{name}\"")), docs)
        });
        let blocks = block.blocks.iter().filter(|(_, nested)| Count::of(nested).is_required()).map(|(name, nested)| {
            let mut docs = String::new();
            self.docs.blocks(4, nested, &mut docs);
            let bound = format!("sdk::IntoBlocks<{}, sdk::{}>", self.block_type(path, name, nested), Count::of(nested).name());
            (name, bound, set_blocks(name, nested), docs)
        });
        let all = attributes.chain(blocks).map(|(name, bound, set, docs)| Required {
            field: fields.take(snake(name)),
            parameter: parameters.take(pascal(name)),
            bound,
            set,
            docs,
        });
        all.collect()
    }

    fn setters(&self, block: &Block, path: &[&str], taken: &[&str]) -> Vec<String> {
        let mut taken = Taken::of(taken.iter().copied());
        let mut setters = Vec::new();
        for (name, attribute) in block.attributes.iter().filter(|(_, attribute)| attribute.is_optional) {
            let mut out = String::new();
            self.docs.attribute(4, attribute, &mut out);
            let value = format!("value: impl sdk::IntoArgument<{}, M>", self.type_of(attribute, path, name));
            setter(&taken.take(snake(name)), vec!["M".into()], value, &format!("set_typed(\"{name}\", value)"), &mut out);
            setters.push(out);
        }
        for (name, nested) in block.blocks.iter().filter(|(_, nested)| !Count::of(nested).is_required()) {
            let mut out = String::new();
            self.docs.blocks(4, nested, &mut out);
            let blocks = format!(
                "blocks: impl sdk::IntoBlocks<{}, sdk::{}>",
                self.block_type(path, name, nested),
                Count::of(nested).name()
            );
            let (set, arguments) = set_blocks(name, nested);
            setter(&taken.take(snake(name)), Vec::new(), blocks, &format!("{set}({arguments}, blocks)"), &mut out);
            setters.push(out);
        }
        setters
    }

    fn getters(&self, block: &Block, path: &[&str], taken: &[&str]) -> Vec<String> {
        let mut taken = Taken::of(taken.iter().copied());
        let mut getters = Vec::new();
        // What is write-only is null to whoever reads it.
        for (name, attribute) in block.attributes.iter().filter(|(_, attribute)| !attribute.is_write_only) {
            let mut out = String::new();
            self.docs.attribute(4, attribute, &mut out);
            getter(&taken.take(snake(name)), &read_as(&self.type_of(attribute, path, name)), name, &mut out);
            getters.push(out);
        }
        for (name, nested) in &block.blocks {
            let mut out = String::new();
            self.docs.blocks(4, nested, &mut out);
            let attributes = format!("{}Attributes", self.nodes.name_at(path, name));
            getter(&taken.take(snake(name)), &read_as(&collection(nested.nesting, attributes)), name, &mut out);
            getters.push(out);
        }
        getters
    }

    /// The structs of a nested block or an object: what is given, and what is read.
    fn node(&self, node: &Node<'_>, out: &mut String) {
        let (last, parents) = node.path.split_last().expect("a node has a name");
        let name = self.nodes.name_at(parents, last);
        let attributes = format!("{name}Attributes");
        let is_block = node.kind == NodeKind::Block;
        if node.is_settable {
            let required = self.required(&node.block, &node.path, name);
            let mut target = name.to_owned();
            if !required.is_empty() {
                target.push_str(if is_block { "Block" } else { "Object" });
                let what = if is_block { "A block" } else { "An object" };
                out.push_str(&format!("\n/// {what} `{last}`: what is required of it; `.with()` goes on with the rest.\n"));
                out.push_str("#[must_use = \"it does nothing until it is given to a setter\"]\n");
                literal(name, &required, out);
                let head = match is_block {
                    true => format!("sdk::literal!(\"{last}\", {name} => {target} {{"),
                    false => format!("sdk::object_literal!(\"{last}\", {name} => {target} => {attributes} {{"),
                };
                out.push_str(&format!("\n{head}\n"));
                for Required { field, parameter, bound, set: (set, name), .. } in &required {
                    out.push_str(&format!("    {field}: {parameter} [{bound}] {set}({name}),\n"));
                }
                out.push_str("});\n");
            } else if is_block {
                out.push_str(&format!("\nsdk::block!(\"{last}\", {name});\n"));
            } else {
                let every: Vec<String> = match node.kind {
                    NodeKind::Object => node.block.attributes.keys().map(|name| format!("\"{name}\"")).collect(),
                    _ => Vec::new(),
                };
                out.push_str(&format!("\nsdk::object!(\"{last}\", {name} => {attributes} [{}]);\n", every.join(", ")));
            }
            self.implementation(&format!("impl {target}"), &self.setters(&node.block, &node.path, &["new"]), out);
        }
        // Nothing is read of a provider's configuration, but the expressions of an object have its type.
        if self.section != Section::Config || !is_block {
            out.push_str(&format!("\nsdk::attributes!(\"{last}\", {attributes});\n"));
            self.implementation(&format!("impl {attributes}"), &self.getters(&node.block, &node.path, &["untyped"]), out);
        }
    }

    /// The struct that is given as a nested block.
    fn block_type(&self, path: &[&str], name: &str, nested: &NestedBlock) -> String {
        let node = self.nodes.name_at(path, name);
        let is_literal = nested.block.attributes.values().any(|attribute| attribute.is_required)
            || nested.block.blocks.values().any(|nested| Count::of(nested).is_required());
        let block = if is_literal { format!("{node}Block") } else { node.to_owned() };
        if nested.nesting == Nesting::Map { format!("sdk::Labelled<{block}>") } else { block }
    }

    /// The SDK's type of an attribute's values.
    fn type_of(&self, attribute: &Attribute, path: &[&str], name: &str) -> String {
        let object = || format!("{}Attributes", self.nodes.name_at(path, name));
        match &attribute.shape {
            Shape::Plain(of) => plain_type(of, &object),
            Shape::Nested(nesting, _) => collection(*nesting, object()),
        }
    }
}

/// Returns the SDK's type of values; `object` names that of objects in it.
pub(super) fn plain_type(of: &Type, object: &dyn Fn() -> String) -> String {
    match of {
        Type::String => "sdk::Str".into(),
        Type::Number => "sdk::Num".into(),
        Type::Bool => "sdk::Bool".into(),
        Type::Dynamic | Type::Tuple(_) => "sdk::Any".into(),
        Type::List(of) => format!("sdk::List<{}>", plain_type(of, object)),
        Type::Set(of) => format!("sdk::Set<{}>", plain_type(of, object)),
        Type::Map(of) => format!("sdk::Map<{}>", plain_type(of, object)),
        Type::Object(_) => object(),
    }
}

/// Returns what a getter gives of a type.
pub(super) fn read_as(of: &str) -> String {
    match of {
        "sdk::Any" => "sdk::Value".to_owned(),
        of if of.starts_with("sdk::") => format!("sdk::Expr<{of}>"),
        attributes => attributes.to_owned(),
    }
}

fn collection(nesting: Nesting, of: String) -> String {
    match nesting {
        Nesting::Single | Nesting::Group => of,
        Nesting::List => format!("sdk::List<{of}>"),
        Nesting::Set => format!("sdk::Set<{of}>"),
        Nesting::Map => format!("sdk::Map<{of}>"),
    }
}

fn set_blocks(name: &str, nested: &NestedBlock) -> (&'static str, String) {
    match bounds(nested) {
        Some(bounds) => ("set_blocks_within", format!("\"{name}\", {bounds}")),
        None => ("set_blocks", format!("\"{name}\"")),
    }
}

fn setter(name: &str, generics: Vec<String>, parameter: String, call: &str, out: &mut String) {
    out.push_str("    #[track_caller]\n");
    Signature { indent: 4, name, generics, parameters: vec!["self".into(), parameter], result: "Self" }.write(out);
    out.push_str(&format!("        Self(self.0.{call})\n    }}\n"));
}

fn getter(name: &str, result: &str, terraform: &str, out: &mut String) {
    Signature { indent: 4, name, generics: Vec::new(), parameters: vec!["&self".into()], result }.write(out);
    out.push_str(&format!("        self.0.read(\"{terraform}\")\n    }}\n"));
}

fn literal(name: &str, required: &[Required], out: &mut String) {
    let parameters: Vec<&str> = required.iter().map(|one| one.parameter.as_str()).collect();
    open_struct(name, &parameters, out);
    for Required { field, parameter, docs, .. } in required {
        out.push_str(&format!("{docs}    pub {field}: {parameter},\n"));
    }
    out.push_str("}\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The SDK's words: a setter of the same name would not compile beside one.
    const MACROS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../guest/sdk/src/typed/macros.rs"));

    #[test]
    fn no_setter_has_the_name_of_a_word_of_the_sdk() {
        let of = |macros: &[&str]| {
            let all =
                MACROS.split("macro_rules! __typed_").filter(|text| macros.contains(&text.split(' ').next().unwrap_or_default()));
            let functions = all.flat_map(|text| text.split("pub fn ").skip(1));
            functions.map(|text| text.split(['(', '<']).next().unwrap_or_default()).collect::<BTreeSet<&str>>()
        };
        let set = |words: &[&'static str]| words.iter().copied().collect::<BTreeSet<&str>>();
        let words = |section| {
            let (block, docs) = (Block::default(), Docs { descriptions: false });
            set(&Module::new(section, "acme_x", "x", &block, &docs).builder_words())
        };
        assert_eq!(of(&["builder", "remembered", "untyped", "resource"]), words(Section::Resource));
        assert_eq!(of(&["builder", "remembered", "untyped", "data"]), words(Section::Data));
        assert_eq!(of(&["builder", "untyped", "ephemeral"]), words(Section::Ephemeral));
        assert_eq!(of(&["untyped", "provider"]), words(Section::Config));
        assert_eq!(of(&["handle"]), set(&["reserve", "untyped"]));
        assert_eq!(of(&["block", "object", "body", "object_body"]), set(&["new"]));
    }
}
