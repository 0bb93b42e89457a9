//! The terminal: sole owner of standard output and standard error.
//!
//! Results go to standard output; what is going on, warnings and errors go to standard error: as text, with colour only on terminals, or as events.

mod events;

pub use events::{LogFormat, Step};

use crate::diagnostic::{Diagnostics, Format, RenderOptions, Severity, escaped_in_json, render, visible_lines};
use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use events::EventV1;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Instant;

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
    /// Whether what is going on is text or events.
    pub log: LogFormat,
    /// The STACK that is worked on, as it was named.
    source: Option<Arc<str>>,
    /// Where diagnostics are collected that a document will hold, instead of being shown.
    collected: Option<Arc<Mutex<Diagnostics>>>,
}

impl Ui {
    /// Makes one that shows diagnostics.
    pub fn new(color: ColorChoice, verbosity: Verbosity) -> Ui {
        Ui { color, verbosity, sources: None, log: LogFormat::Text, source: None, collected: None }
    }

    /// The same, but diagnostics are collected: what is said later is found in what is returned beside it.
    pub fn collecting(mut self) -> (Ui, Arc<Mutex<Diagnostics>>) {
        let collected = Arc::new(Mutex::new(Diagnostics::default()));
        self.collected = Some(Arc::clone(&collected));
        (self, collected)
    }

    /// The same, but about one STACK: events name it.
    pub fn about(mut self, source: &str) -> Ui {
        self.source = Some(source.into());
        self
    }

    /// Says that a step begins; what is returned says that it has ended. Only events tell of steps.
    pub fn start(&self, step: Step, stack: Option<&str>) -> Running {
        if self.verbosity >= Verbosity::Normal {
            self.event(EventV1::start(step, stack));
        }
        Running { ui: self.clone(), step, stack: stack.map(str::to_owned), began: Instant::now(), is_done: false }
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
            self.line("status", "info", text, &format!("{STATUS}{}{STATUS:#}", visible_lines(text)));
        }
    }

    /// Says what to know beside what is going on.
    pub fn note(&self, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            self.line("note", "info", text, &visible_lines(text));
        }
    }

    /// Warns.
    pub fn warning(&self, text: &str) {
        self.line("warning", "warning", text, &format!("{WARNING}warning{WARNING:#}: {}", visible_lines(text)));
    }

    /// Says why the command failed.
    pub fn error(&self, text: &str) {
        self.line("error", "error", text, &format!("{ERROR}error{ERROR:#}: {}", visible_lines(text)));
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
        if self.log == LogFormat::Json {
            let beyond = diagnostics.beyond();
            let said = diagnostics.iter().chain(&beyond).filter(|said| said.severity <= options.least);
            return said.for_each(|said| self.event(EventV1::diagnostic(said)));
        }
        let text = render(diagnostics, options);
        let mut out = AutoStream::new(io::stderr().lock(), self.color);
        // Nobody is left to tell when standard error is gone.
        let _ = out.write_all(text.as_bytes());
    }

    fn line(&self, of_type: &'static str, level: &'static str, said: &str, text: &str) {
        if self.log == LogFormat::Json {
            return self.event(EventV1::message(of_type, level, said));
        }
        let mut out = AutoStream::new(io::stderr().lock(), self.color);
        let _ = writeln!(out, "{text}");
    }

    fn event(&self, event: EventV1<'_>) {
        if self.log == LogFormat::Json {
            let line = event.about(self.source.as_deref()).line();
            // At once: lines of what runs at the same time stay whole.
            let _ = io::stderr().lock().write_all(escaped_in_json(&line).as_bytes());
        }
    }
}

/// A step that is going on. It has failed where it is dropped before it is done.
#[derive(Debug)]
#[must_use]
pub struct Running {
    ui: Ui,
    step: Step,
    stack: Option<String>,
    began: Instant,
    is_done: bool,
}

impl Running {
    /// Says that the step is done.
    pub fn done(mut self) {
        self.is_done = true;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.ui.verbosity >= Verbosity::Normal {
            let milliseconds = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
            self.ui.event(EventV1::finish(self.step, self.stack.as_deref(), self.is_done, milliseconds));
        }
    }
}
