//! Terraform's functions: names and numbers of arguments, as Terraform 1.11 has them.

/// Returns how many arguments a function takes: at least and, where there is an end, at most.
pub(super) fn arguments(name: &str) -> Option<(usize, Option<usize>)> {
    let (_, fewest, most) = BY_ARGUMENTS.iter().find(|(names, ..)| names.split(' ').any(|known| known == name))?;
    Some((*fewest, *most))
}

/// Returns all names.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    BY_ARGUMENTS.iter().flat_map(|(names, ..)| names.split(' '))
}

/// What OpenTofu has beyond Terraform.
pub(super) const OF_OPENTOFU: [&str; 3] = ["base64gunzip", "cidrcontains", "urldecode"];

/// Names, and how many arguments these functions take at least and at most.
const BY_ARGUMENTS: [(&str, usize, Option<usize>); 10] = [
    ("plantimestamp timestamp uuid", 0, Some(0)),
    ("merge", 0, None),
    (
        "abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512 basename can ceil \
         chomp cidrnetmask compact csvdecode dirname distinct ephemeralasnull file filebase64 filebase64sha256 \
         filebase64sha512 fileexists filemd5 filesha1 filesha256 filesha512 flatten floor issensitive jsondecode \
         jsonencode keys length lower md5 nonsensitive one pathexpand reverse sensitive sha1 sha256 sha512 signum \
         sort strrev sum title tobool tolist tomap tonumber toset tostring transpose trimspace upper urlencode values \
         yamldecode yamlencode",
        1,
        Some(1),
    ),
    ("bcrypt", 1, Some(2)),
    ("range", 1, Some(3)),
    ("cidrsubnets coalesce coalescelist concat format formatlist max min setintersection setunion try", 1, None),
    (
        "chunklist cidrhost contains element endswith fileset formatdate indent index log parseint pow regex regexall \
         rsadecrypt setsubtract split startswith strcontains templatefile templatestring textdecodebase64 \
         textencodebase64 timeadd timecmp trim trimprefix trimsuffix uuidv5 zipmap",
        2,
        Some(2),
    ),
    ("lookup", 2, Some(3)),
    ("join setproduct", 2, None),
    ("cidrsubnet matchkeys replace slice substr", 3, Some(3)),
];
