//! From the resource graph to what Terraform reads.
