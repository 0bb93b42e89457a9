//! Kinds of blocks, addresses, and the algorithm that makes names out of scopes.

use super::Name;
use md5::{Digest, Md5};
use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The kinds of top-level blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is named as Terraform names it")]
pub enum Kind {
    Settings,
    Provider,
    Variable,
    Local,
    Data,
    Ephemeral,
    Resource,
    Module,
    Output,
    Moved,
    Import,
    Removed,
    Check,
}

/// Returns the name of the provider that Terraform takes for a type where none is said: its first word.
pub fn implied_provider(type_name: &str) -> &str {
    type_name.split('_').next().unwrap_or_default()
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 13] = [
        Kind::Settings,
        Kind::Provider,
        Kind::Variable,
        Kind::Local,
        Kind::Data,
        Kind::Ephemeral,
        Kind::Resource,
        Kind::Module,
        Kind::Output,
        Kind::Moved,
        Kind::Import,
        Kind::Removed,
        Kind::Check,
    ];

    /// Returns the key under which Terraform's JSON holds blocks of this kind.
    pub fn terraform_key(self) -> &'static str {
        match self {
            Kind::Settings => "terraform",
            Kind::Provider => "provider",
            Kind::Variable => "variable",
            Kind::Local => "locals",
            Kind::Data => "data",
            Kind::Ephemeral => "ephemeral",
            Kind::Resource => "resource",
            Kind::Module => "module",
            Kind::Output => "output",
            Kind::Moved => "moved",
            Kind::Import => "import",
            Kind::Removed => "removed",
            Kind::Check => "check",
        }
    }

    /// Returns what people call it: `data source`, `provider configuration`.
    pub fn noun(self) -> &'static str {
        match self {
            Kind::Settings => "terraform settings",
            Kind::Provider => "provider configuration",
            Kind::Variable => "variable",
            Kind::Local => "local value",
            Kind::Data => "data source",
            Kind::Ephemeral => "ephemeral resource",
            Kind::Resource => "resource",
            Kind::Module => "module",
            Kind::Output => "output",
            Kind::Moved => "moved block",
            Kind::Import => "import block",
            Kind::Removed => "removed block",
            Kind::Check => "check",
        }
    }

    /// Returns the noun with its article: `a variable`, `an output`.
    pub fn a_noun(self) -> String {
        let noun = self.noun();
        match self {
            Kind::Settings => noun.to_owned(),
            _ if noun.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {noun}"),
            _ => format!("a {noun}"),
        }
    }

    /// Returns what stands before the labels in an address: `data.`, `var.`, nothing for resources.
    pub fn address_prefix(self) -> &'static str {
        match self {
            Kind::Resource => "",
            Kind::Data => "data.",
            Kind::Ephemeral => "ephemeral.",
            Kind::Provider => "provider.",
            Kind::Variable => "var.",
            Kind::Local => "local.",
            Kind::Output => "output.",
            Kind::Module => "module.",
            Kind::Check => "check.",
            Kind::Settings => "terraform",
            Kind::Moved => "moved ",
            Kind::Import => "import ",
            Kind::Removed => "removed ",
        }
    }
}

/// The address of something declared: `aws_kms_key.logs`, `data.aws_region.current`, `var.region`, `provider.aws.west`.
///
/// Ordered as text. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Arc<str>);

impl Address {
    /// Makes an address of a kind's labels; `graph` checks that they are valid names.
    pub fn new(kind: Kind, labels: &[impl AsRef<str>]) -> Address {
        let mut text = String::from(kind.address_prefix());
        for (position, label) in labels.iter().enumerate() {
            if position > 0 {
                text.push('.');
            }
            text.push_str(label.as_ref());
        }
        Address(text.into())
    }

    /// Takes an address that was written as text.
    pub fn from_text(text: &str) -> Address {
        Address(text.into())
    }

    /// Returns the address that an expression reads by these names, such as `aws_x`, `y`, `arn`; none for `each.key` and the like.
    pub fn read_by(names: &[&str]) -> Option<Address> {
        let (kind, labels) = match *names {
            ["data", kind, name, ..] => (Kind::Data, vec![kind, name]),
            ["ephemeral", kind, name, ..] => (Kind::Ephemeral, vec![kind, name]),
            ["var", name, ..] => (Kind::Variable, vec![name]),
            ["local", name, ..] => (Kind::Local, vec![name]),
            ["module", name, ..] => (Kind::Module, vec![name]),
            ["each" | "count" | "self" | "path" | "terraform" | "data" | "ephemeral" | "*", ..] => return None,
            [kind, name, ..] => (Kind::Resource, vec![kind, name]),
            _ => return None,
        };
        Some(Address::new(kind, &labels))
    }

    /// Returns the address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Address {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Tells whether a word at the root of an expression means something wherever it stands. As a variable's name it would hide that, or be a
/// literal.
pub fn is_root(word: &str) -> bool {
    const ROOTS: [&str; 13] =
        ["true", "false", "null", "var", "local", "data", "module", "ephemeral", "path", "terraform", "each", "count", "self"];
    ROOTS.contains(&word)
}

/// Tells whether text is a name in Terraform's sense: a letter or `_`, then letters, marks, decimal digits, `_` and `-` (rule 8).
pub fn is_identifier(text: &str) -> bool {
    if !text.is_ascii() {
        // Which characters are letters is HCL's own matter.
        return hcl_edit::Ident::try_new(text).is_ok();
    }
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// Returns the name in an address that CDKTF gives to a construct of this path below its stack (`packages/cdktn/lib/private/unique.ts`), so
/// that stacks deployed with CDKTF keep their addresses.
///
/// A path of one component is that component without what no identifier may hold. A longer one is its components joined by `_`, then
/// `_` and eight digits of the MD5 of the path. `Default` counts for nothing, `Resource` only in the digest.
pub fn unique_id(path: &[Name]) -> String {
    const LONGEST_NAME: usize = 255;
    const LONGEST_HUMAN_PART: usize = 240;

    // The separator of paths never stands in the name of a construct.
    let path: Vec<String> = path.iter().map(|component| component.replace('/', "--")).collect();
    let components: Vec<&str> = path.iter().map(AsRef::as_ref).filter(|component| *component != "Default").collect();
    if let [only] = components[..] {
        let name = identifier_characters(only);
        if name.len() <= LONGEST_NAME {
            return name;
        }
    }
    let mut distinct: Vec<&str> = Vec::with_capacity(components.len());
    for component in &components {
        if distinct.last().is_none_or(|previous| !previous.ends_with(component)) {
            distinct.push(component);
        }
    }
    let human: Vec<String> =
        distinct.into_iter().filter(|component| *component != "Resource").map(identifier_characters).collect();
    let mut name = human.join("_");
    name.truncate(LONGEST_HUMAN_PART);
    let digest = Md5::digest(components.join("/"));
    name.push('_');
    name.extend(digest[..4].iter().map(|byte| format!("{byte:02X}")));
    name
}

fn identifier_characters(component: &str) -> String {
    component.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected names were printed by `makeUniqueId` of npm's `cdktf` 0.21.0.
    #[track_caller]
    fn check(path: &[&str], expected: &str) {
        let path: Vec<Name> = path.iter().map(|component| Name::from(*component)).collect();
        assert_eq!(unique_id(&path), expected);
    }

    #[test]
    fn scoped_names_are_cdktfs() {
        check(&["group", "item-0"], "group_item-0_E39B062C");
        check(&["a", "b", "b"], "a_b_758F0F60");
        check(&["aa", "a"], "aa_9B773834");
        check(&["...", "b"], "_b_7EBF7427");
    }

    /// Printed by `friendlyUniqueId` of elements in trees of constructs (npm's `cdktf` 0.21.0, `constructs` 10).
    #[test]
    fn odd_paths_are_named_as_cdktf_names_them() {
        for (path, expected) in [
            (&["gr\u{fc}n", "a"][..], "grn_a_0B7EB52A"),
            (&["\u{65e5}\u{672c}", "\u{8a9e}"], "__7C72CE56"),
            (&["...", "..."], "_E8562FDC"),
            (&["Res\u{fc}ource", "Resource"], "Resource_541EC186"),
            (&["a", "Resource"], "a_1524EB34"),
            (&["Resource", "Resource"], "_CF9390BA"),
            (&["Resource", "a"], "a_FB9E3BD4"),
            (&["a", "Default"], "a"),
            (&["Default", "Default", "x.y"], "xy"),
            (&["a.b", "c"], "ab_c_D8C60FDD"),
            (&["ab", "c"], "ab_c_65A9A844"),
            (&["a/b", "c"], "a--b_c_5CCCE73C"),
            (&["a", "b/c"], "a_b--c_86D9D0F9"),
            (&["x y", "z!"], "xy_z_8A951219"),
            (&["ab", "b"], "ab_FC2CBA1D"),
            (&["b", "ab"], "b_ab_C7DAFB67"),
            (&["a_b", "c"], "a_b_c_FEF7B217"),
            (&["a", "b_c"], "a_b_c_BA02C50C"),
            (&["-a", "b"], "-a_b_31E26D57"),
            (&["1", "2"], "1_2_975CA880"),
        ] {
            check(path, expected);
        }
        for (length, end) in [(255, "llll"), (256, "lll_4B0D8B19"), (300, "lll_6E7C0FA7")] {
            let name = unique_id(&["l".repeat(length).into(), "Default".into()]);
            assert!(name.ends_with(end) && name.len() == if length > 255 { 249 } else { length }, "{name}");
        }
    }

    #[test]
    fn default_is_dropped_and_resource_is_hidden() {
        check(&["Default", "a"], "a");
        check(&["grp", "Default", "x y"], "grp_xy_617A901C");
        check(&["group", "Resource"], "group_C397F008");
        check(&["a", "Resource", "b"], "a_b_DA07F9AF");
        check(&["Default", "Resource"], "Resource");
    }

    #[test]
    fn one_component_stands_as_it_is_without_odd_characters() {
        check(&["x.y"], "xy");
    }

    #[test]
    fn long_names_are_cut_before_the_digest() {
        let path = ["l".repeat(200).into(), "m".repeat(200).into()];
        assert_eq!(unique_id(&path).len(), 249);
    }

    #[test]
    fn names_are_what_hcl_takes_for_one() {
        for name in ["größe", "a\u{661}", "a\u{902}", "_", "a-1"] {
            assert!(is_identifier(name), "{name}");
        }
        for name in ["", "a²", "a₁", "aⓐ", "1a", "-a", "a.b"] {
            assert!(!is_identifier(name), "{name}");
        }
    }

    #[test]
    fn addresses_read_as_terraform_writes_them() {
        assert_eq!(Address::new(Kind::Resource, &["aws_kms_key", "logs"]).as_str(), "aws_kms_key.logs");
        assert_eq!(Address::new(Kind::Data, &["aws_region", "current"]).as_str(), "data.aws_region.current");
        assert_eq!(Address::new(Kind::Variable, &["region"]).as_str(), "var.region");
        assert_eq!(Address::new(Kind::Settings, &[""; 0]).as_str(), "terraform");
    }
}
