//! How a stack's configuration is called.

use std::fmt;
use std::str::FromStr;

/// The name of a configuration's file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileName {
    /// `main.tf.json`
    #[default]
    Main,
    /// `cdk.tf.json`, for tools that look for what CDKTF writes.
    Cdk,
}

impl FileName {
    const ALL: [FileName; 2] = [FileName::Main, FileName::Cdk];

    /// Returns the name.
    pub fn as_str(self) -> &'static str {
        match self {
            FileName::Main => "main.tf.json",
            FileName::Cdk => "cdk.tf.json",
        }
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that no configuration can have.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` cannot be the name of configurations: it is `main.tf.json` or `cdk.tf.json`")]
pub struct UnknownFileName(String);

impl FromStr for FileName {
    type Err = UnknownFileName;

    fn from_str(text: &str) -> Result<FileName, UnknownFileName> {
        FileName::ALL.into_iter().find(|name| name.as_str() == text).ok_or_else(|| UnknownFileName(text.to_owned()))
    }
}
