//! What Terraform has built in, and no dump tells.

/// The schema of `terraform.io/builtin/terraform`, in the compact form.
pub(super) const SCHEMA: &str = "\
tapwasm-schema 1
provider terraform.io/builtin/terraform - complete
resource terraform_data
 id s c
 input * o
 output * c
 triggers_replace * o
data terraform_remote_state
 backend s r
 config * o
 defaults * o
 outputs * c
 workspace s o
";
