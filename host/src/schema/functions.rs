//! What Terraform's functions return, as far as that does not depend on what they are given.

use super::types::Type;

/// Names, and the type that these functions return: Terraform's own signatures, and closer ones where every result is of a closer type.
const RESULTS: [(&str, &str); 11] = [
    ("abs ceil floor index length log max min parseint pow signum sum timecmp tonumber", "n"),
    (
        "abspath base64decode base64encode base64gzip base64sha256 base64sha512 basename bcrypt chomp cidrhost cidrnetmask \
         cidrsubnet dirname file filebase64 filebase64sha256 filebase64sha512 filemd5 filesha1 filesha256 filesha512 format \
         formatdate indent join jsonencode lower md5 pathexpand plantimestamp replace rsadecrypt sha1 sha256 sha512 strrev \
         substr templatestring textdecodebase64 textencodebase64 timeadd timestamp title tostring trim trimprefix trimspace \
         trimsuffix upper urlencode uuid uuidv5 yamlencode",
        "s",
    ),
    ("alltrue anytrue can contains endswith fileexists issensitive startswith strcontains tobool", "b"),
    ("cidrsubnets compact keys sort split", "[s]"),
    ("chunklist", "[[*]]"),
    ("coalescelist concat distinct flatten formatlist matchkeys regexall reverse slice tolist values", "[*]"),
    ("fileset", "<s>"),
    ("range", "[n]"),
    ("setintersection setsubtract setunion toset", "<*>"),
    ("tomap", "{*}"),
    ("transpose", "{[s]}"),
];

/// Returns the type of a function's results; any type where it depends on what it is given, or the function is not known.
pub(super) fn result(name: &str) -> Type {
    let name = name.strip_prefix("core::").unwrap_or(name);
    let known = RESULTS.iter().find(|(names, _)| names.split(' ').any(|known| known == name));
    known.map_or(Type::Dynamic, |(_, notation)| Type::parse(notation).expect("the tests read each"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_have_types_that_can_be_read() {
        for (names, notation) in RESULTS {
            let name = names.split(' ').next().unwrap();
            assert_eq!(result(name).to_string(), notation);
        }
        assert_eq!(result("core::upper"), Type::String);
        assert_eq!((result("lookup"), result("provider::aws::arn_parse")), (Type::Dynamic, Type::Dynamic));
    }

    /// Terraform's own list, where it is at hand: each result is what Terraform says, or closer.
    #[test]
    fn results_are_those_of_terraforms_signatures() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/schemas/terraform-functions.json");
        let Ok(text) = std::fs::read_to_string(path) else { return };
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        for (name, signature) in json["function_signatures"].as_object().unwrap() {
            let said = Type::of_json(&signature["return_type"]).unwrap();
            let ours = result(name);
            assert!(ours == said || said == Type::Dynamic, "{name}: {ours} is not {said}");
        }
    }
}
