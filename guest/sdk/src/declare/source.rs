//! Where modules come from.

/// A module's source, as Terraform reads it, and which versions of it will do.
#[derive(Clone)]
pub struct Source {
    pub(super) address: String,
    pub(super) version: Option<String>,
}

macro_rules! plain {
    ($($rust:ty),*) => {$(
        impl From<$rust> for Source {
            fn from(address: $rust) -> Source {
                Source { address: address.to_owned(), version: None }
            }
        }
    )*};
}

plain!(&str, String, &String);

/// A module in a registry: Terraform's own, or a private one (`app.terraform.io/acme/vpc/aws`).
///
/// ```
/// # use tapwasm_guest::RegistrySource;
/// RegistrySource::new("terraform-aws-modules/iam/aws").subfolder("modules/iam-user").version("~> 5.0");
/// ```
#[must_use = "a source does nothing until it is given to `.source(…)`"]
#[derive(Clone)]
pub struct RegistrySource {
    name: String,
    subfolder: Option<String>,
    version: Option<String>,
}

impl RegistrySource {
    /// Names the module: `namespace/name/provider`.
    pub fn new(name: impl Into<String>) -> RegistrySource {
        RegistrySource { name: name.into(), subfolder: None, version: None }
    }

    /// Takes a module below the package's top.
    pub fn subfolder(mut self, path: impl Into<String>) -> Self {
        self.subfolder = Some(path.into());
        self
    }

    /// Says which versions will do.
    pub fn version(mut self, constraint: impl Into<String>) -> Self {
        self.version = Some(constraint.into());
        self
    }
}

impl From<RegistrySource> for Source {
    fn from(source: RegistrySource) -> Source {
        Source { address: source.name + &below(source.subfolder.as_deref()), version: source.version }
    }
}

/// A module in a Git repository.
///
/// ```
/// # use tapwasm_guest::GitSource;
/// GitSource::new("https://git.example.com/network.git").reference("v1.2").subfolder("modules/vpc").depth(1);
/// ```
#[must_use = "a source does nothing until it is given to `.source(…)`"]
#[derive(Clone)]
pub struct GitSource {
    url: String,
    subfolder: Option<String>,
    arguments: Vec<String>,
}

impl GitSource {
    /// Names the repository by its URL: `https://…`, `ssh://git@…`.
    pub fn new(url: impl Into<String>) -> GitSource {
        GitSource { url: url.into(), subfolder: None, arguments: Vec::new() }
    }

    /// Takes a branch, a tag or a commit instead of the repository's default branch.
    pub fn reference(self, name: &str) -> Self {
        self.argument("ref", name)
    }

    /// Takes a module below the repository's top.
    pub fn subfolder(mut self, path: impl Into<String>) -> Self {
        self.subfolder = Some(path.into());
        self
    }

    /// Fetches only so many commits of the history.
    pub fn depth(self, commits: u32) -> Self {
        self.argument("depth", &commits.to_string())
    }

    fn argument(mut self, name: &str, value: &str) -> Self {
        self.arguments.push(format!("{name}={}", encoded(value)));
        self
    }
}

impl From<GitSource> for Source {
    fn from(source: GitSource) -> Source {
        let mut address = format!("git::{}{}", source.url, below(source.subfolder.as_deref()));
        for (argument, separator) in source.arguments.iter().zip("?".chars().chain(std::iter::repeat('&'))) {
            address.push(separator);
            address.push_str(argument);
        }
        Source { address, version: None }
    }
}

fn below(subfolder: Option<&str>) -> String {
    subfolder.map(|path| format!("//{}", path.trim_matches('/'))).unwrap_or_default()
}

/// What would end the argument of a URL, or mean something else in it, by its bytes.
fn encoded(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
