//! The terminal: sole owner of standard output and standard error.
//!
//! Results go to standard output; what is going on, warnings and errors go to standard error. Colour only on terminals.

use crate::diagnostic::{Diagnostics, Format, RenderOptions, Severity, escaped_in_json, render, visible_lines};
use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

const STATUS: Style = AnsiColor::Green.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Results, warnings and errors.
    Quiet,
    /// What is going on, too.
    Normal,
    /// Everything.
    Verbose,
}

/// Where commands write.
#[derive(Clone, Debug)]
pub struct Ui {
    /// Whether, and when, there is colour.
    pub color: ColorChoice,
    /// How much is said.
    pub verbosity: Verbosity,
    /// Where the guest's sources are: places are shown with their line.
    pub sources: Option<PathBuf>,
    /// Where diagnostics are collected that a document will hold, instead of being shown.
    collected: Option<Arc<Mutex<Diagnostics>>>,
}

impl Ui {
    /// Makes one that shows diagnostics.
    pub fn new(color: ColorChoice, verbosity: Verbosity) -> Ui {
        Ui { color, verbosity, sources: None, collected: None }
    }

    /// The same, but diagnostics are collected: what is said later is found in what is returned beside it.
    pub fn collecting(mut self) -> (Ui, Arc<Mutex<Diagnostics>>) {
        let collected = Arc::new(Mutex::new(Diagnostics::default()));
        self.collected = Some(Arc::clone(&collected));
        (self, collected)
    }

    /// Writes a document for programs, as it is but for characters that a terminal would act upon: those are escaped as JSON allows it.
    ///
    /// # Errors
    /// A reader that went away, or a full disk.
    pub fn document(&self, json: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(escaped_in_json(json).as_bytes())?;
        out.flush()
    }

    /// Writes a result for people.
    ///
    /// # Errors
    /// A reader that went away, or a full disk.
    pub fn result(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        // Once for the whole text: a stream that strips as it goes makes a system call for each line.
        let is_plain = match self.color {
            ColorChoice::Auto => AutoStream::choice(&out) == ColorChoice::Never,
            choice => choice == ColorChoice::Never,
        };
        if is_plain {
            out.write_all(strip_str(text).to_string().as_bytes())?;
        } else {
            out.write_all(text.as_bytes())?;
        }
        out.flush()
    }

    /// Says what is going on.
    pub fn status(&self, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            self.line(&format!("{STATUS}{}{STATUS:#}", visible_lines(text)));
        }
    }

    /// Says what to know beside what is going on.
    pub fn note(&self, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            self.line(&visible_lines(text));
        }
    }

    /// Warns.
    pub fn warning(&self, text: &str) {
        self.line(&format!("{WARNING}warning{WARNING:#}: {}", visible_lines(text)));
    }

    /// Says why the command failed.
    pub fn error(&self, text: &str) {
        self.line(&format!("{ERROR}error{ERROR:#}: {}", visible_lines(text)));
    }

    /// Shows diagnostics.
    pub fn diagnostics(&self, diagnostics: &Diagnostics) {
        if let Some(collected) = &self.collected {
            return collected.lock().expect("nobody panics while holding it").extend(diagnostics.clone());
        }
        let options = RenderOptions {
            format: Format::Full,
            sources: self.sources.as_deref(),
            least: match self.verbosity {
                Verbosity::Quiet => Severity::Warning,
                Verbosity::Normal => Severity::Info,
                Verbosity::Verbose => Severity::Debug,
            },
        };
        let text = render(diagnostics, options);
        let mut out = AutoStream::new(io::stderr().lock(), self.color);
        // Nobody is left to tell when standard error is gone.
        let _ = out.write_all(text.as_bytes());
    }

    fn line(&self, text: &str) {
        let mut out = AutoStream::new(io::stderr().lock(), self.color);
        let _ = writeln!(out, "{text}");
    }
}
