//! The names of what stands for a reference between stacks.

use crate::model::{CrossStackNames, is_identifier, unique_id};
use sha2::{Digest, Sha256};

/// Returns the name of the output that gives out what `identifier` reads: `aws_subnet.a.id`.
///
/// Our own is `cross_stack__aws_subnet__a__id`. A part that would make that ambiguous, or that is no name, adds a digest.
pub(super) fn output(names: CrossStackNames, identifier: &str) -> String {
    match names {
        CrossStackNames::Cdktf => unique_id(&[format!("cross-stack-output-{identifier}").into()]),
        CrossStackNames::Tapwasm => {
            let is_plain = |part: &str| {
                let name = part.trim_start_matches(|c: char| c.is_ascii_digit());
                (name.is_empty() || is_identifier(name)) && !part.contains("__") && !part.starts_with('_') && !part.ends_with('_')
            };
            let joined = identifier.split('.').collect::<Vec<_>>().join("__");
            if identifier.split('.').all(is_plain) {
                return format!("cross_stack__{joined}");
            }
            let name: String = joined.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
            format!("cross_stack__{}__{}", name.trim_matches('_'), digest(identifier))
        }
    }
}

/// Returns the name of the data source that reads a stack: `cross_stack_network`.
pub(super) fn remote_state(names: CrossStackNames, stack: &str) -> String {
    match names {
        CrossStackNames::Cdktf => unique_id(&[format!("cross-stack-reference-input-{stack}").into()]),
        // A dot is the only character that the name of a stack may have and an identifier may not.
        CrossStackNames::Tapwasm if stack.contains('.') => {
            format!("cross_stack_{}_{}", stack.replace('.', "_"), digest(stack))
        }
        CrossStackNames::Tapwasm => format!("cross_stack_{stack}"),
    }
}

fn digest(text: &str) -> String {
    Sha256::digest(text)[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that npm's `cdktf` 0.21.0 wrote into `cdk.tf.json` for these references.
    #[test]
    fn names_are_cdktfs_where_that_is_asked_for() {
        let check = |identifier: &str, name: &str| assert_eq!(output(CrossStackNames::Cdktf, identifier), name);
        check("aws_subnet.a.id", "cross-stack-output-aws_subnetaid");
        check("aws_subnet.a", "cross-stack-output-aws_subneta");
        check("aws_subnet.a.cidrs[0]", "cross-stack-output-aws_subnetacidrs0");
        check("aws_subnet.grp_deep_ECA10B52.id", "cross-stack-output-aws_subnetgrp_deep_ECA10B52id");
        check("data.aws_region.cur.name", "cross-stack-output-dataaws_regioncurname");
        check("module.m.vpc_id", "cross-stack-output-modulemvpc_id");
        check("local.l", "cross-stack-output-locall");
        check("var.v", "cross-stack-output-varv");
        assert_eq!(remote_state(CrossStackNames::Cdktf, "net-work"), "cross-stack-reference-input-net-work");
    }

    #[test]
    fn different_reads_have_different_names() {
        let of = |identifier: &str| output(CrossStackNames::Tapwasm, identifier);
        assert_eq!(of("aws_subnet.a.id"), "cross_stack__aws_subnet__a__id");
        assert_eq!(of("aws_x.y.list.0.id"), "cross_stack__aws_x__y__list__0__id");
        for (one, other) in [("a.b__c", "a.b.c"), ("a.b_.c", "a.b._c"), ("a.b.x y", "a.b.x_y"), ("a_b.c", "a.b_c")] {
            assert_ne!(of(one), of(other));
            assert!(is_identifier(&of(one)) && is_identifier(&of(other)), "{} {}", of(one), of(other));
        }
        assert_ne!(remote_state(CrossStackNames::Tapwasm, "a.b"), remote_state(CrossStackNames::Tapwasm, "a_b"));
        assert!(is_identifier(&remote_state(CrossStackNames::Tapwasm, "0.b")));
    }
}
