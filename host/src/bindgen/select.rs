//! Which types of a provider bindings are made of.

use crate::diagnostic::closest;
use crate::schema::{ProviderIndex, Section};
use std::collections::BTreeSet;
use thiserror::Error;

/// The types that were chosen of one provider.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    /// The provider.
    pub provider: &'a ProviderIndex,
    /// The chosen types, sorted.
    pub types: Vec<(Section, &'a str)>,
}

/// Why nothing can be chosen.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SelectError {
    /// Nothing was asked for.
    #[error(
        "no types are chosen: name some with `--only aws_kms_key,data.aws_region`, by patterns too (`--only 'aws_sns_*'`), or all with `--only '*'`"
    )]
    Nothing,
    /// No type has such a name.
    #[error("the provider {provider} has no type `{wanted}`{hint}")]
    Unknown {
        /// The provider.
        provider: String,
        /// What was asked for.
        wanted: String,
        /// What may have been meant.
        hint: String,
    },
    /// A pattern that is none.
    #[error("`{pattern}` is no pattern: {why}")]
    Pattern {
        /// What was given.
        pattern: String,
        /// What is wrong with it.
        why: String,
    },
    /// The schema has several providers.
    #[error("the schema holds {known}: say which with `--provider`, as in `--provider {first}`")]
    Several {
        /// The providers.
        known: String,
        /// One of them.
        first: String,
    },
    /// The schema is of no provider.
    #[error("the schema holds no provider")]
    Empty,
    /// The schema does not have the provider.
    #[error("the schema does not hold the provider {wanted}; it holds {known}")]
    NoProvider {
        /// What was asked for.
        wanted: String,
        /// What is there.
        known: String,
    },
}

/// Returns the provider that is meant: the only one of a schema, or the one that is named (`hashicorp/aws`, `aws`).
///
/// # Errors
/// Several and no name, or a name that is not there.
pub fn provider_of<'a>(providers: &'a [ProviderIndex], wanted: Option<&str>) -> Result<&'a ProviderIndex, SelectError> {
    let known = || match providers {
        [] => "no provider".to_owned(),
        all => all.iter().map(ProviderIndex::short_source).collect::<Vec<_>>().join(", "),
    };
    match (providers, wanted) {
        ([only], None) => Ok(only),
        ([first, ..], None) => Err(SelectError::Several { known: known(), first: first.short_source().to_owned() }),
        ([], None) => Err(SelectError::Empty),
        (_, Some(wanted)) => {
            let is_it =
                |provider: &&ProviderIndex| [&provider.source, provider.short_source(), provider.name()].contains(&wanted);
            let found: Vec<&ProviderIndex> = providers.iter().filter(is_it).collect();
            match found[..] {
                [found] => Ok(found),
                [] => Err(SelectError::NoProvider { wanted: wanted.to_owned(), known: known() }),
                [first, ..] => Err(SelectError::Several { known: known(), first: first.short_source().to_owned() }),
            }
        }
    }
}

/// Returns the types that names and patterns choose: `aws_kms_key`, `data.aws_region`, `ephemeral.random_password`, `aws_sns_*`, `*`.
///
/// # Errors
/// Nothing that is asked for, and whatever is not there.
pub fn select<'a>(provider: &'a ProviderIndex, only: &[String]) -> Result<Selection<'a>, SelectError> {
    let wanted = only.iter().map(|word| word.trim()).filter(|word| !word.is_empty());
    let sections = [(Section::Resource, ""), (Section::Data, "data."), (Section::Ephemeral, "ephemeral.")];
    let all: Vec<(Section, &str, String)> = sections
        .into_iter()
        .flat_map(|(section, prefix)| provider.names(section).map(move |name| (section, name, format!("{prefix}{name}"))))
        .collect();
    let mut chosen = BTreeSet::new();
    let mut is_asked = false;
    for word in wanted {
        is_asked = true;
        let pattern = glob::Pattern::new(word)
            .map_err(|error| SelectError::Pattern { pattern: word.to_owned(), why: error.msg.to_owned() })?;
        let matching: Vec<_> = all.iter().filter(|(_, _, full)| pattern.matches(full)).collect();
        chosen.extend(matching.iter().map(|(section, name, _)| (*section, *name)));
        // Of a provider that has functions only, all types are none.
        if matching.is_empty() && word != "*" {
            let is_pattern = word.contains(['*', '?', '[']);
            let plain = word.strip_prefix("resource.").unwrap_or(word).to_lowercase();
            let meant = closest(&plain, all.iter().map(|(_, _, full)| full.as_str())).filter(|_| !is_pattern);
            let hint = match (meant, provider.is_complete) {
                (Some(meant), _) => format!(": did you mean `{meant}`?"),
                (None, true) => String::new(),
                (None, false) => " in this schema, which holds a part of its types".to_owned(),
            };
            return Err(SelectError::Unknown { provider: provider.short_source().to_owned(), wanted: word.to_owned(), hint });
        }
    }
    if !is_asked {
        return Err(SelectError::Nothing);
    }
    Ok(Selection { provider, types: chosen.into_iter().collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::read;

    const SCHEMA: &str = "\
tapwasm-schema 1
provider registry.terraform.io/hashicorp/aws 6.0.0 complete
config
resource aws_kms_key
resource aws_sns_topic
resource aws_sns_topic_policy
data aws_region
";

    #[track_caller]
    fn check(only: &[&str], expected: Result<&[&str], &str>) {
        let providers = read(SCHEMA).unwrap();
        let only: Vec<String> = only.iter().map(|word| (*word).to_owned()).collect();
        let found = select(&providers[0], &only);
        let names = found.map(|found| found.types.iter().map(|(_, name)| (*name).to_owned()).collect::<Vec<_>>());
        match expected {
            Ok(expected) => assert_eq!(names.unwrap(), expected),
            Err(expected) => assert_eq!(names.unwrap_err().to_string(), expected),
        }
    }

    #[test]
    fn names_and_patterns_choose_types() {
        check(&["aws_kms_key", " data.aws_region", ""], Ok(&["aws_kms_key", "aws_region"]));
        check(&["aws_sns_*", "aws_sns_topic"], Ok(&["aws_sns_topic", "aws_sns_topic_policy"]));
        check(&["*"], Ok(&["aws_kms_key", "aws_sns_topic", "aws_sns_topic_policy", "aws_region"]));
    }

    #[test]
    fn what_is_not_there_is_refused() {
        check(&["aws_kms_kex"], Err("the provider hashicorp/aws has no type `aws_kms_kex`: did you mean `aws_kms_key`?"));
        check(&["aws_region"], Err("the provider hashicorp/aws has no type `aws_region`: did you mean `data.aws_region`?"));
        check(
            &["resource.AWS_KMS_KEY"],
            Err("the provider hashicorp/aws has no type `resource.AWS_KMS_KEY`: did you mean `aws_kms_key`?"),
        );
        check(&["aws_kms_kex*"], Err("the provider hashicorp/aws has no type `aws_kms_kex*`"));
        check(&["gcp_*"], Err("the provider hashicorp/aws has no type `gcp_*`"));
        check(&["[a"], Err("`[a` is no pattern: invalid range pattern"));
        assert_eq!(select(&read(SCHEMA).unwrap()[0], &[]).unwrap_err(), SelectError::Nothing);
    }

    #[test]
    fn of_several_providers_one_is_named() {
        let both = read(format!("{SCHEMA}{}", SCHEMA.replace("hashicorp/aws", "acme/acme"))).unwrap();
        assert_eq!(provider_of(&both, Some("acme")).unwrap().short_source(), "acme/acme");
        assert_eq!(provider_of(&both[..1], None).unwrap().name(), "aws");
        let same = read(format!("{SCHEMA}{}", SCHEMA.replace("hashicorp/aws", "acme/aws"))).unwrap();
        let error = provider_of(&same, Some("aws")).unwrap_err();
        assert_eq!(error, SelectError::Several { known: "hashicorp/aws, acme/aws".into(), first: "hashicorp/aws".into() });
        let error = provider_of(&both, None).unwrap_err().to_string();
        assert_eq!(
            error,
            "the schema holds hashicorp/aws, acme/acme: say which with `--provider`, as in `--provider hashicorp/aws`"
        );
        let error = provider_of(&[], Some("tls")).unwrap_err().to_string();
        assert_eq!(error, "the schema does not hold the provider tls; it holds no provider");
    }
}
