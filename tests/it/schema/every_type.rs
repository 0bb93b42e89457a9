//! Of every type of the real providers, what must be set, and what can be: the host accepts it, and so does Terraform.

use super::bodies::body;
use super::provider::Provider;
use super::stack::Stack;
use crate::support::at_once;
use tapwasm::model::Kind;
use tapwasm::schema::Section;

/// So many types stand in a stack.
const TYPES: usize = 200;

/// Types, and how much of what may be left out is set of each.
struct Share<'a> {
    provider: &'a Provider,
    section: Section,
    names: Vec<&'a str>,
    is_maximal: bool,
}

#[test]
fn everything_that_a_schema_allows_is_accepted_and_by_terraform_too() {
    let real = ["aws", "kubernetes", "random", "tls", "archive"].into_iter().filter_map(Provider::real);
    let providers: Vec<Provider> = real.chain(Provider::acme()).collect();
    let is_slow = std::env::var_os("TAPWASM_SLOW").is_some();
    let mut shares = Vec::new();
    for provider in &providers {
        for section in [Section::Resource, Section::Data, Section::Config] {
            // Of many usually a quarter: of each service some.
            let is_many = provider.index.names(section).count() > TYPES;
            let step = if is_many && !is_slow { 4 } else { 1 };
            let names: Vec<&str> = provider.index.names(section).step_by(step).collect();
            for names in names.chunks(TYPES) {
                shares.extend([false, true].map(|is_maximal| Share { provider, section, names: names.to_vec(), is_maximal }));
            }
        }
    }
    let faults = at_once(shares, |share| check(&share));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn check(share: &Share<'_>) -> Vec<String> {
    let mut stack = Stack::of(&share.provider.index);
    for name in &share.names {
        let schema = share.provider.block(share.section, name);
        let body = body(&schema, &mut || share.is_maximal);
        match share.section {
            Section::Data => stack.declare(Kind::Data, &[name, "x"], body),
            Section::Config => stack.declare(Kind::Provider, &[share.provider.index.name()], body),
            _ => stack.declare(Kind::Resource, &[name, "x"], body),
        };
    }
    let hosted = stack.host(&share.provider.schemas());
    let by_terraform = share.provider.terraform(&hosted.configuration, "validate");
    let is_right =
        |warning: &&String| ["Deprecated", "deprecated", "Terraform's own"].iter().any(|words| warning.contains(words));
    let warnings = hosted.warnings.iter().filter(|warning| !is_right(warning));
    let host = hosted.findings.iter().map(|found| format!("host: {} {:?}: {}", found.address, found.path, found.text));
    let terraform = by_terraform.iter().map(|found| format!("terraform: {} {:?}: {}", found.address, found.path, found.text));
    host.chain(terraform).chain(warnings.map(|warning| format!("host warns: {warning}"))).collect()
}
