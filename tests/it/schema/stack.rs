//! A stack of declarations: what the host says of it, and what it would emit.

use super::finding::Finding;
use std::collections::BTreeSet;
use tapwasm::diagnostic::Severity;
use tapwasm::graph::build;
use tapwasm::model::{
    Address, Block, Body, Declaration, Evaluation, Expression, Kind, Name, Place, StackDeclarations, StackLinks,
};
use tapwasm::schema::{ProviderIndex, Schemas, check, prepare};
use tapwasm::terraform::emit;

/// Declarations that are being put together.
#[derive(Clone)]
pub(super) struct Stack {
    declarations: Vec<Declaration>,
}

/// What the host makes of a stack.
pub(super) struct Hosted {
    /// The errors that it finds, wherever it does.
    pub(super) findings: Vec<Finding>,
    /// The warnings, as text.
    pub(super) warnings: Vec<String>,
    /// What it would emit, if there were no errors.
    pub(super) configuration: String,
}

impl Stack {
    /// Returns a stack that requires a provider and declares nothing else.
    pub(super) fn of(provider: &ProviderIndex) -> Stack {
        let source = Expression::Object(vec![(Expression::text("source"), Expression::text(provider.short_source()))]);
        let required = Body { arguments: vec![(Name::from(provider.name()), source)], blocks: Vec::new() };
        let block = Block { name: "required_providers".into(), labels: Vec::new(), body: required };
        let mut stack = Stack { declarations: Vec::new() };
        stack.declare(Kind::Settings, &[], Body { arguments: Vec::new(), blocks: vec![block] });
        stack
    }

    /// Declares something, and returns the declaration for what is to be added.
    pub(super) fn declare(&mut self, kind: Kind, labels: &[&str], body: Body) -> &mut Declaration {
        let labels: Vec<Name> = labels.iter().map(|label| Name::from(*label)).collect();
        let line = u32::try_from(self.declarations.len()).expect("few declarations");
        self.declarations.push(Declaration {
            address: Address::new(kind, &labels),
            kind,
            labels,
            body,
            meta: Body::default(),
            scope: Vec::new(),
            place: Place { file: "stack".into(), line, column: 1 },
            protect: false,
            aliases: Vec::new(),
            overrides: Vec::new(),
        });
        self.declarations.last_mut().expect("it was pushed")
    }

    /// Returns the stack without what stands at some addresses.
    pub(super) fn without(mut self, addresses: &BTreeSet<&str>) -> Stack {
        self.declarations.retain(|declaration| !addresses.contains(declaration.address.as_str()));
        self
    }

    /// Goes through the host's steps as a run does.
    pub(super) fn host(self, schemas: &Schemas) -> Hosted {
        let stack = StackDeclarations {
            name: "app".into(),
            place: Place { file: "stack".into(), line: 0, column: 0 },
            declarations: self.declarations,
            reserved: Vec::new(),
            assets: Vec::new(),
            links: StackLinks::default(),
        };
        let mut evaluation = Evaluation { program: "agreement".into(), version: "1".into(), stacks: vec![stack] };
        let needs = prepare(&mut evaluation, schemas);
        let (graphs, mut diagnostics) = build(evaluation, &[], &needs);
        diagnostics.extend(check(&graphs, schemas));
        let (bytes, unwritable) = emit(&graphs[0]);
        assert!(!unwritable.has_errors(), "{unwritable:#?}");
        assert_eq!(diagnostics.iter().filter(|found| found.severity == Severity::Error).count(), diagnostics.n_errors());
        let of = |severity| diagnostics.iter().filter(move |found| found.severity == severity);
        Hosted {
            findings: of(Severity::Error).map(Finding::of_host).collect(),
            warnings: of(Severity::Warning).map(|warning| format!("{}: {}", warning.summary, warning.detail)).collect(),
            configuration: String::from_utf8(bytes).expect("what is emitted is UTF-8"),
        }
    }
}
