//! Plans and diagnostics as JSON for programs, with a version: fields are added within one, never changed or taken away.

use crate::diagnostic::{DiagnosticV1, Diagnostics};
use crate::graph::Doubt;
use crate::model::hcl::expression_text;
use crate::model::{Address, Block, Body, Expression, Kind, Name, Override};
use crate::plan::{Action, Base, Besides, Cause, Change, Difference, Part, Plan, Proposal, Reason, Side, Step, Uncertain};
use crate::state::Entry;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The version of the output.
pub const VERSION: u64 = 1;

/// Returns the plans of one run and what was said in it. What does not change is only counted. `approval` is the hash of what is emitted by it.
pub fn plans(plans: &[Plan<'_>], diagnostics: &Diagnostics, approval: &str) -> String {
    let beyond = diagnostics.beyond();
    let report = ReportV1 {
        version: VERSION,
        approval,
        stacks: plans.iter().map(StackV1::from).collect(),
        diagnostics: diagnostics.iter().chain(&beyond).map(DiagnosticV1::from).collect(),
    };
    serde_json::to_string_pretty(&report).expect("keys are text, and values are what JSON has") + "\n"
}

#[derive(serde::Serialize)]
struct ReportV1<'a> {
    version: u64,
    #[serde(skip_serializing_if = "str::is_empty")]
    approval: &'a str,
    stacks: Vec<StackV1<'a>>,
    diagnostics: Vec<DiagnosticV1<'a>>,
}

#[derive(serde::Serialize)]
struct StackV1<'a> {
    stack: &'a str,
    first: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    compared_with: Option<BaseV1>,
    summary: SummaryV1,
    changes: Vec<ChangeV1<'a>>,
    proposals: Vec<ProposalV1<'a>>,
    refused: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    uncertain: Vec<UncertainV1<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    overrides: Vec<OverrideV1<'a>>,
}

/// The stored serial that a plan is compared with.
#[derive(serde::Serialize)]
struct BaseV1 {
    serial: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    emitted: Option<u64>,
}

/// A secret of which nobody can tell whether it changed.
#[derive(serde::Serialize)]
struct UncertainV1<'a> {
    address: &'a str,
    part: &'static str,
    path: Vec<StepV1<'a>>,
    text: String,
    reason: &'static str,
}

impl<'a> From<(&'a Address, &'a Uncertain)> for UncertainV1<'a> {
    fn from((address, uncertain): (&'a Address, &'a Uncertain)) -> UncertainV1<'a> {
        UncertainV1 {
            address: address.as_str(),
            part: part_name(uncertain.part),
            path: uncertain.path.iter().map(StepV1::from).collect(),
            text: uncertain.to_string(),
            reason: match uncertain.doubt {
                Doubt::NoKey => "no-key",
                Doubt::StoredWithoutKey => "stored-without-key",
                Doubt::OtherKey => "other-key",
                Doubt::OtherPlace => "other-place",
            },
        }
    }
}

/// What a program changed in a declaration afterwards, whether that is new or was so before.
#[derive(serde::Serialize)]
struct OverrideV1<'a> {
    address: &'a str,
    path: &'a str,
    action: &'static str,
    place: PlaceV1<'a>,
}

#[derive(serde::Serialize)]
struct PlaceV1<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

impl<'a> From<&(&'a Address, &'a Override)> for OverrideV1<'a> {
    fn from((address, made): &(&'a Address, &'a Override)) -> OverrideV1<'a> {
        let place = PlaceV1 { file: &made.place.file, line: made.place.line, column: made.place.column };
        OverrideV1 { address: address.as_str(), path: &made.path, action: made.action.as_str(), place }
    }
}

#[derive(serde::Serialize)]
struct SummaryV1 {
    create: usize,
    update: usize,
    r#move: usize,
    delete: usize,
    unchanged: usize,
}

#[derive(serde::Serialize)]
struct ChangeV1<'a> {
    address: &'a str,
    kind: &'static str,
    action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    /// What is declared, of what is created; what was, of what is deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<BodyV1<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<BodyV1<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differences: Vec<DifferenceV1<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<CauseV1<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    read_by: Vec<&'a str>,
}

/// Why something changes.
#[derive(serde::Serialize)]
struct CauseV1<'a> {
    inputs: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    besides: Option<&'static str>,
}

impl<'a> From<&'a Cause> for CauseV1<'a> {
    fn from(cause: &'a Cause) -> CauseV1<'a> {
        let besides = cause.besides.map(|besides| match besides {
            Besides::Program => "program",
            Besides::Surroundings => "surroundings",
            Besides::Either => "program-or-surroundings",
        });
        CauseV1 { inputs: &cause.inputs, besides }
    }
}

#[derive(serde::Serialize)]
pub(super) struct DifferenceV1<'a> {
    part: &'static str,
    path: Vec<StepV1<'a>>,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<SideV1<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<SideV1<'a>>,
    /// The same items stand in another order, and no schema tells whether that means anything: for each, where it stood before.
    #[serde(rename = "reordered", skip_serializing_if = "Option::is_none")]
    order: Option<&'a [usize]>,
}

impl DifferenceV1<'_> {
    /// The same without what stands on either side.
    pub(super) fn without_sides(self) -> Self {
        DifferenceV1 { before: None, after: None, ..self }
    }
}

#[derive(serde::Serialize)]
#[serde(untagged)]
pub(super) enum StepV1<'a> {
    Name(&'a str),
    Index(usize),
}

#[derive(serde::Serialize)]
struct ProposalV1<'a> {
    from: &'a str,
    to: &'a str,
    reason: &'static str,
}

impl<'a> From<&'a Plan<'_>> for StackV1<'a> {
    fn from(plan: &'a Plan<'_>) -> StackV1<'a> {
        let changed = plan.changes.iter().filter(|change| change.action != Action::NoOp);
        StackV1 {
            stack: plan.stack,
            first: plan.is_first,
            compared_with: plan.base.map(|Base { serial, emitted }| BaseV1 { serial, emitted }),
            summary: SummaryV1 {
                create: plan.count(Action::Create),
                update: plan.count(Action::Update),
                r#move: plan.count(Action::Move),
                delete: plan.count(Action::Delete),
                unchanged: plan.count(Action::NoOp),
            },
            changes: changed.map(ChangeV1::from).collect(),
            proposals: plan.proposals.iter().map(ProposalV1::from).collect(),
            refused: plan.refusals.iter().map(|refusal| refusal.address.as_str()).collect(),
            uncertain: plan.uncertain().map(UncertainV1::from).collect(),
            overrides: plan.overrides.iter().map(OverrideV1::from).collect(),
        }
    }
}

impl<'a> From<&'a Change<'_>> for ChangeV1<'a> {
    fn from(change: &'a Change<'_>) -> ChangeV1<'a> {
        let whole = match change.action {
            Action::Create => change.after.map(|after| (&after.body, &after.meta)),
            Action::Delete => change.before.map(|before| (&before.body, &before.meta)),
            _ => None,
        };
        ChangeV1 {
            address: change.address.as_str(),
            kind: kind_name(change.kind),
            action: match change.action {
                Action::Create => "create",
                Action::Update => "update",
                Action::Move => "move",
                Action::Delete => "delete",
                Action::NoOp => "no-op",
            },
            from: change.from.map(|from| from.as_str()),
            body: whole.map(|(body, _)| BodyV1(body)),
            meta: whole.filter(|(_, meta)| !meta.is_empty()).map(|(_, meta)| BodyV1(meta)),
            differences: change.differences.iter().map(DifferenceV1::from).collect(),
            cause: change.cause.as_ref().map(CauseV1::from),
            read_by: change.readers.iter().map(|address| address.as_str()).collect(),
        }
    }
}

impl<'a> From<&'a Step> for StepV1<'a> {
    fn from(step: &'a Step) -> StepV1<'a> {
        match step {
            Step::Name(name) => StepV1::Name(name),
            Step::Index(index) => StepV1::Index(*index),
        }
    }
}

impl<'a> From<&'a Difference<'_>> for DifferenceV1<'a> {
    fn from(difference: &'a Difference<'_>) -> DifferenceV1<'a> {
        DifferenceV1 {
            part: part_name(difference.part),
            path: difference.path.iter().map(StepV1::from).collect(),
            text: difference.to_string(),
            before: difference.before.as_ref().map(SideV1::from),
            after: difference.after.as_ref().map(SideV1::from),
            order: difference.order.as_deref(),
        }
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Body => "body",
        Part::Meta => "meta",
        Part::Host => "host",
    }
}

impl<'a> From<&'a Proposal<'_>> for ProposalV1<'a> {
    fn from(proposal: &'a Proposal<'_>) -> ProposalV1<'a> {
        let reason = match proposal.reason {
            Reason::Alias => "alias",
            Reason::SameContent => "same-content",
        };
        ProposalV1 { from: proposal.from.as_str(), to: proposal.to.as_str(), reason }
    }
}

/// `{"value": …}` for what is known, `{"expression": "…"}` in HCL notation for what Terraform computes and for numbers that programs would
/// round, `{"sensitive": {"reads": […]}}` for a masked secret, `{"block": …}` for a nested block. Always one of them, so that no literal can be taken for an expression.
#[derive(serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SideV1<'a> {
    Value(LiteralV1<'a>),
    Expression(String),
    Sensitive(SensitiveV1),
    Block(BlockV1<'a>),
}

/// What a masked secret reads.
#[derive(serde::Serialize)]
pub(super) struct SensitiveV1 {
    reads: Vec<String>,
}

impl<'a> From<&'a Side<'_>> for SideV1<'a> {
    fn from(side: &'a Side<'_>) -> SideV1<'a> {
        match side {
            Side::Value(value) => value_or_expression(value),
            Side::Block(block) => SideV1::Block(BlockV1(block)),
        }
    }
}

fn value_or_expression(value: &Expression) -> SideV1<'_> {
    if let Expression::Masked(masked) = value {
        SideV1::Sensitive(SensitiveV1 { reads: masked.reads.iter().map(expression_text).collect() })
    } else if value.is_constant() && !holds_number(value) {
        SideV1::Value(LiteralV1(value))
    } else {
        SideV1::Expression(expression_text(value))
    }
}

fn holds_number(value: &Expression) -> bool {
    let mut found = matches!(value, Expression::Number(_));
    value.each_child(&mut |child| found = found || holds_number(child));
    found
}

/// A constant without numbers that JSON's readers would round.
pub(super) struct LiteralV1<'a>(&'a Expression);

impl Serialize for LiteralV1<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Expression::Bool(value) => serializer.serialize_bool(*value),
            Expression::Integer(value) => serializer.serialize_i64(*value),
            Expression::Text(text) => serializer.serialize_str(text),
            Expression::List(items) => serializer.collect_seq(items.iter().map(LiteralV1)),
            Expression::Object(pairs) => {
                serializer.collect_map(pairs.iter().map(|(key, value)| (key.as_text().unwrap_or_default(), LiteralV1(value))))
            }
            // Nothing but null is left of constants.
            _ => serializer.serialize_unit(),
        }
    }
}

/// What is stored of one declaration.
#[derive(serde::Serialize)]
pub(super) struct EntryV1<'a> {
    address: &'a str,
    kind: &'static str,
    protect: bool,
    body: BodyV1<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<BodyV1<'a>>,
}

impl<'a> From<&'a Entry> for EntryV1<'a> {
    fn from(entry: &'a Entry) -> EntryV1<'a> {
        EntryV1 {
            address: entry.address.as_str(),
            kind: kind_name(entry.kind),
            protect: entry.protect,
            body: BodyV1(&entry.body),
            meta: (!entry.meta.is_empty()).then_some(BodyV1(&entry.meta)),
        }
    }
}

struct BodyV1<'a>(&'a Body);

impl Serialize for BodyV1<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("arguments", &ArgumentsV1(&self.0.arguments))?;
        let blocks: Vec<BlockV1<'_>> = self.0.blocks.iter().map(BlockV1).collect();
        map.serialize_entry("blocks", &blocks)?;
        map.end()
    }
}

struct ArgumentsV1<'a>(&'a [(Name, Expression)]);

impl Serialize for ArgumentsV1<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name.as_ref(), value_or_expression(value))))
    }
}

pub(super) struct BlockV1<'a>(&'a Block);

impl Serialize for BlockV1<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let labels: Vec<&str> = self.0.labels.iter().map(AsRef::as_ref).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.0.name.as_ref())?;
        map.serialize_entry("labels", &labels)?;
        map.serialize_entry("body", &BodyV1(&self.0.body))?;
        map.end()
    }
}

/// Returns a kind as programs know it: Terraform's own word, in the singular.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Local => "local",
        other => other.terraform_key(),
    }
}

#[cfg(test)]
mod tests;
