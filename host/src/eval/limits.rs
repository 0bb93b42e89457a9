//! The limits of the sandbox: their names, defaults and texts. Enforced where the guest meets the host.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// What is limited. Each has a name for `--limit NAME=VALUE` and for `[limits]` in `tapwasm.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Work of the guest, counted the same on every machine: about one unit for each wasm instruction.
    Fuel,
    /// Wall clock of the evaluation, in milliseconds.
    Time,
    /// Linear memory of the guest, all memories together, and 8 for each element of its tables, in bytes.
    Memory,
    /// The guest's call stack, in bytes.
    Stack,
    /// Declarations and reservations.
    Declarations,
    /// Nesting of one value or body.
    Depth,
    /// One request: its text, and 16 for each token, in bytes.
    ValueBytes,
    /// All requests, in bytes.
    TotalBytes,
    /// All assets, in bytes.
    AssetBytes,
    /// All log messages, in bytes.
    LogBytes,
    /// The component itself, in bytes: bounds what is compiled.
    ComponentBytes,
}

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Count,
    Bytes,
    Milliseconds,
}

impl Limit {
    /// All limits, in the order of the help text.
    pub const ALL: [Limit; 11] = [
        Limit::Fuel,
        Limit::Time,
        Limit::Memory,
        Limit::Stack,
        Limit::Declarations,
        Limit::Depth,
        Limit::ValueBytes,
        Limit::TotalBytes,
        Limit::AssetBytes,
        Limit::LogBytes,
        Limit::ComponentBytes,
    ];

    /// Returns the name for the command line.
    pub fn name(self) -> &'static str {
        match self {
            Limit::Fuel => "fuel",
            Limit::Time => "time",
            Limit::Memory => "memory",
            Limit::Stack => "stack",
            Limit::Declarations => "declarations",
            Limit::Depth => "depth",
            Limit::ValueBytes => "value-bytes",
            Limit::TotalBytes => "total-bytes",
            Limit::AssetBytes => "asset-bytes",
            Limit::LogBytes => "log-bytes",
            Limit::ComponentBytes => "component-bytes",
        }
    }

    /// Returns the value that holds where nobody says otherwise.
    pub fn default_value(self) -> u64 {
        match self {
            Limit::Fuel => 20_000_000_000,
            Limit::Time => 30_000,
            Limit::Memory => 256 * MIB,
            Limit::Stack => 512 * KIB,
            Limit::Declarations => 250_000,
            Limit::Depth => 100,
            Limit::ValueBytes => 8 * MIB,
            Limit::TotalBytes => 256 * MIB,
            Limit::AssetBytes => 256 * MIB,
            Limit::LogBytes => MIB,
            Limit::ComponentBytes => 64 * MIB,
        }
    }

    /// Returns the highest value that may be asked for: beyond it the host itself would be at risk.
    pub(super) fn highest(self) -> u64 {
        match self {
            Limit::Memory => 4096 * MIB,
            Limit::Stack => 4 * MIB,
            // What is stored is read again by recursion.
            Limit::Depth => 150,
            Limit::Declarations => u64::from(u32::MAX),
            Limit::Fuel | Limit::Time => u64::MAX / 2,
            Limit::ValueBytes | Limit::TotalBytes | Limit::AssetBytes | Limit::LogBytes | Limit::ComponentBytes => 4096 * MIB,
        }
    }

    /// Returns what it limits, for messages: "memory", "levels of nesting".
    pub fn noun(self) -> &'static str {
        match self {
            Limit::Fuel => "fuel (work, counted in wasm instructions)",
            Limit::Time => "time",
            Limit::Memory => "memory",
            Limit::Stack => "call stack",
            Limit::Declarations => "declarations",
            Limit::Depth => "levels of nesting in one value",
            Limit::ValueBytes => "bytes in one request",
            Limit::TotalBytes => "bytes in all requests",
            Limit::AssetBytes => "bytes of assets",
            Limit::LogBytes => "bytes of log messages",
            Limit::ComponentBytes => "bytes of component",
        }
    }

    fn unit(self) -> Unit {
        match self {
            Limit::Fuel | Limit::Declarations | Limit::Depth => Unit::Count,
            Limit::Time => Unit::Milliseconds,
            _ => Unit::Bytes,
        }
    }

    /// Writes a value of this limit as people would give it: `30s`, `256MiB`, `250000`.
    pub fn show(self, value: u64) -> String {
        match self.unit() {
            Unit::Milliseconds if value.is_multiple_of(1000) => format!("{}s", value / 1000),
            Unit::Milliseconds => format!("{value}ms"),
            Unit::Bytes if value > 0 && value.is_multiple_of(MIB) => format!("{}MiB", value / MIB),
            Unit::Bytes if value > 0 && value.is_multiple_of(KIB) => format!("{}KiB", value / KIB),
            _ => value.to_string(),
        }
    }

    fn parse_value(self, text: &str) -> Result<u64, LimitError> {
        let split = text.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(text.len());
        let (digits, suffix) = text.split_at(split);
        let factor = match (self.unit(), suffix) {
            (Unit::Count | Unit::Bytes, "") | (Unit::Milliseconds, "ms") => 1,
            (Unit::Milliseconds, "" | "s") => 1000,
            (Unit::Milliseconds, "min") => 60_000,
            (Unit::Bytes, "KiB") => KIB,
            (Unit::Bytes, "MiB") => MIB,
            (Unit::Bytes, "GiB") => 1024 * MIB,
            _ => return Err(self.bad_value(text)),
        };
        let number: u64 = digits.replace('_', "").parse().map_err(|_| self.bad_value(text))?;
        match number.checked_mul(factor) {
            Some(value) if value > 0 && value <= self.highest() => Ok(value),
            _ => Err(self.bad_value(text)),
        }
    }

    fn bad_value(self, text: &str) -> LimitError {
        LimitError::Value {
            limit: self.name(),
            text: text.to_owned(),
            expected: match self.unit() {
                Unit::Count => format!("a whole number from 1 to {}", self.highest()),
                Unit::Bytes => format!("a size from 1 to {}, as in `64MiB`", self.show(self.highest())),
                Unit::Milliseconds => "a duration, as in `30s` or `500ms`".to_owned(),
            },
        }
    }
}

impl FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Limit, LimitError> {
        Limit::ALL.into_iter().find(|limit| limit.name() == text).ok_or_else(|| LimitError::Name(text.to_owned()))
    }
}

/// Why a limit could not be set.
#[derive(Debug, Error, PartialEq)]
pub enum LimitError {
    /// No such limit.
    #[error("there is no limit `{0}`; the limits are {known}", known = Limit::ALL.map(Limit::name).join(", "))]
    Name(String),
    /// Not `NAME=VALUE`.
    #[error("`{0}` is not of the form NAME=VALUE, as in `time=60s`")]
    Form(String),
    /// The value does not fit.
    #[error("the limit `{limit}` cannot be `{text}`: it takes {expected}")]
    Value {
        /// Name of the limit.
        limit: &'static str,
        /// What was given.
        text: String,
        /// What would fit.
        expected: String,
    },
}

/// One value for each limit. There is no "unlimited": a limit that nobody sets has its default.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits([u64; Limit::ALL.len()]);

impl Default for Limits {
    fn default() -> Limits {
        Limits(Limit::ALL.map(Limit::default_value))
    }
}

impl Limits {
    /// Returns the value of a limit.
    pub fn get(&self, limit: Limit) -> u64 {
        self.0[limit as usize]
    }

    /// Sets a limit from text such as `64MiB` or `30s`.
    pub fn set(&mut self, limit: Limit, value: &str) -> Result<(), LimitError> {
        self.0[limit as usize] = limit.parse_value(value)?;
        Ok(())
    }

    /// Sets a limit from `NAME=VALUE`.
    pub fn set_assignment(&mut self, text: &str) -> Result<(), LimitError> {
        let (name, value) = text.split_once('=').ok_or_else(|| LimitError::Form(text.to_owned()))?;
        self.set(name.parse()?, value)
    }

    /// Fails when more is used than is allowed.
    pub fn check(&self, limit: Limit, used: u64) -> Result<(), LimitHit> {
        let allowed = self.get(limit);
        if used > allowed { Err(LimitHit { limit, allowed }) } else { Ok(()) }
    }
}

/// The guest went over a limit: the evaluation is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub struct LimitHit {
    /// Which one.
    pub limit: Limit,
    /// What it was set to.
    pub allowed: u64,
}

impl fmt::Display for LimitHit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LimitHit { limit, allowed } = *self;
        write!(f, "The guest needs more {} than the limit of {}. ", limit.noun(), limit.show(allowed))?;
        if allowed >= limit.highest() {
            return write!(f, "The limit `{}` cannot be raised further: let the guest do with less.", limit.name());
        }
        let raised = limit.show(allowed.saturating_mul(2).min(limit.highest()));
        write!(f, "If it is meant to, raise the limit with `--limit {}={raised}`.", limit.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_with_their_units() {
        let mut limits = Limits::default();
        limits.set_assignment("memory=64MiB").unwrap();
        limits.set_assignment("time=500ms").unwrap();
        limits.set_assignment("fuel=1_000").unwrap();
        assert_eq!([Limit::Memory, Limit::Time, Limit::Fuel].map(|limit| limits.get(limit)), [64 * MIB, 500, 1000]);
    }

    #[test]
    fn unset_limits_keep_their_defaults() {
        for limit in Limit::ALL {
            assert_eq!(Limits::default().get(limit), limit.default_value());
            assert_eq!(limit.parse_value(&limit.show(limit.default_value())), Ok(limit.default_value()), "{limit:?}");
        }
    }

    #[test]
    fn nothing_is_ever_unlimited() {
        for text in
            ["fuel=0", "fuel=-1", "memory=8GiB", "time=", "depth=151", "depth=1MiB", "stack=1s", "fuel=99999999999999999999"]
        {
            assert!(matches!(Limits::default().set_assignment(text), Err(LimitError::Value { .. })), "{text}");
        }
        assert_eq!(Limits::default().set_assignment("fule=1"), Err(LimitError::Name("fule".into())));
        assert_eq!(Limits::default().set_assignment("fuel"), Err(LimitError::Form("fuel".into())));
    }

    #[test]
    fn a_hit_names_value_and_flag() {
        let hit = Limits::default().check(Limit::Time, 30_001).unwrap_err();
        assert_eq!(
            hit.to_string(),
            "The guest needs more time than the limit of 30s. If it is meant to, raise the limit with `--limit time=60s`."
        );
    }
}
