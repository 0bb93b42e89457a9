//! `tapwasm.moves.toml`: the renames that a team has reviewed. What is emitted depends on it, so it stands in version control beside the project.

use crate::model::{Address, Body, Declaration, Expression, Kind, Place, StackDeclarations};
use serde::Deserialize;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The file's name; it stands beside `tapwasm.toml`.
pub const MOVES_FILE: &str = "tapwasm.moves.toml";

/// What stands at the head of a file that is new.
const HEAD: &str = "\
# Renames: each is emitted as a `moved` block, so that Terraform moves what it has instead of destroying it. Entries stay until every workspace
# has applied them: `tapwasm state retire-moves --tfstate FILE…` takes out those that have.
";

/// The renames of a project.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    path: PathBuf,
    moves: Vec<RecordedMove>,
}

/// One rename.
#[derive(Clone, Debug)]
pub struct RecordedMove {
    /// The stacks that it is about: a name, or a pattern.
    pub stack: glob::Pattern,
    /// The former address.
    pub from: String,
    /// The new one.
    pub to: String,
    /// Where it stands in the file.
    pub place: Place,
}

/// A rename to write down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMove {
    /// The stack.
    pub stack: String,
    /// The former address.
    pub from: String,
    /// The new one.
    pub to: String,
}

/// Why the file cannot be used. It was left as it is.
#[derive(Debug, Error)]
pub enum MovesError {
    /// It cannot be read.
    #[error("cannot read {path}: {source}", path = .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is not what it should be.
    #[error("{path}: {message}\nIt holds entries `[[moves]]`, each with `stack`, `from` and `to`.", path = .path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MovesTable {
    #[serde(default)]
    moves: Vec<toml::Spanned<MoveTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveTable {
    stack: String,
    from: String,
    to: String,
}

impl Moves {
    /// Reads the file; no file is no renames.
    ///
    /// # Errors
    /// A file that cannot be read, or is something else.
    pub fn read(path: &Path) -> Result<Moves, MovesError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Moves { path: path.to_owned(), moves: Vec::new() });
            }
            Err(source) => return Err(MovesError::Read { path: path.to_owned(), source }),
        };
        let invalid = |message: String| MovesError::Invalid { path: path.to_owned(), message };
        let table: MovesTable = toml::from_str(&text).map_err(|error| invalid(error.to_string()))?;
        let file = path.file_name().map_or_else(|| MOVES_FILE.to_owned(), |name| name.to_string_lossy().into_owned());
        let recorded = table.moves.into_iter().map(|entry| {
            let line = text[..entry.span().start].matches('\n').count() + 1;
            let MoveTable { stack, from, to } = entry.into_inner();
            let pattern =
                glob::Pattern::new(&stack).map_err(|error| invalid(format!("`{stack}` is no pattern: {}", error.msg)))?;
            let place = Place { file: file.as_str().into(), line: u32::try_from(line).unwrap_or_default(), column: 0 };
            Ok(RecordedMove { stack: pattern, from, to, place })
        });
        Ok(Moves { path: path.to_owned(), moves: recorded.collect::<Result<_, _>>()? })
    }

    /// Returns the file's path; there need be no file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns all renames, in the order of the file.
    pub fn all(&self) -> &[RecordedMove] {
        &self.moves
    }

    /// Adds the renames of a stack to what its program declared, as `moved` blocks. What the program says itself is not said twice.
    pub fn declare(&self, stack: &mut StackDeclarations) {
        for recorded in self.moves.iter().filter(|recorded| recorded.stack.matches(&stack.name)) {
            let declaration = recorded.declaration();
            if !stack.declarations.iter().any(|known| says_the_same(known, &declaration)) {
                stack.declarations.push(declaration);
            }
        }
    }

    /// Returns the file's text with further renames at its end, for those that it does not have yet.
    ///
    /// # Errors
    /// A file that cannot be read again.
    pub fn with(&self, new: &[NewMove]) -> Result<String, MovesError> {
        let mut text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => HEAD.to_owned(),
            Err(source) => return Err(MovesError::Read { path: self.path.clone(), source }),
        };
        for entry in new.iter().filter(|entry| !self.has(entry)) {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(&format!("\n{entry}"));
        }
        Ok(text)
    }

    /// Returns the file's text without some of its renames, given by their positions.
    ///
    /// # Errors
    /// A file that cannot be read again.
    pub fn without(&self, positions: &[usize]) -> Result<String, MovesError> {
        let text = fs::read_to_string(&self.path).map_err(|source| MovesError::Read { path: self.path.clone(), source })?;
        let starts: Vec<usize> = self.moves.iter().map(|recorded| recorded.place.line as usize - 1).collect();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        // An entry ends where the next one begins; remarks right above the next one are the next one's.
        let end_of = |position: usize| {
            let next = starts.get(position + 1).copied().unwrap_or(lines.len());
            let remarks = lines[starts[position]..next].iter().rev().take_while(|line| line.starts_with('#')).count();
            if next == lines.len() { next } else { next - remarks }
        };
        let gone: Vec<std::ops::Range<usize>> = positions.iter().map(|position| starts[*position]..end_of(*position)).collect();
        let kept = lines.iter().enumerate().filter(|(line, _)| !gone.iter().any(|range| range.contains(line)));
        let text: String = kept.map(|(_, line)| *line).collect();
        Ok(format!("{}\n", text.trim_end()))
    }

    fn has(&self, new: &NewMove) -> bool {
        self.moves.iter().any(|known| known.stack.matches(&new.stack) && known.from == new.from && known.to == new.to)
    }
}

impl RecordedMove {
    fn declaration(&self) -> Declaration {
        let mut body = Body::default();
        body.arguments.push(("from".into(), Expression::text(self.from.as_str())));
        body.arguments.push(("to".into(), Expression::text(self.to.as_str())));
        Declaration {
            address: Address::new(Kind::Moved, &[&self.from]),
            kind: Kind::Moved,
            labels: Vec::new(),
            body,
            meta: Body::default(),
            scope: Vec::new(),
            place: self.place.clone(),
            protect: false,
            aliases: Vec::new(),
            overrides: Vec::new(),
        }
    }
}

/// A program may name what has moved in other ways than by text.
fn says_the_same(known: &Declaration, recorded: &Declaration) -> bool {
    let end = |of: &Declaration, name: &str| match of.body.argument(name) {
        Some(Expression::Text(text) | Expression::Symbol(text)) => Some(text.to_string()),
        Some(Expression::Reference(reference)) if reference.path.is_empty() => Some(reference.to.to_string()),
        _ => None,
    };
    known.kind == Kind::Moved && ["from", "to"].iter().all(|name| end(known, name) == end(recorded, name))
}

impl fmt::Display for NewMove {
    /// Writes the entry as it stands in the file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |text: &str| toml::Value::from(text).to_string();
        writeln!(f, "[[moves]]\nstack = {}\nfrom = {}\nto = {}", text(&self.stack), text(&self.from), text(&self.to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(stack: &str, from: &str, to: &str) -> NewMove {
        NewMove { stack: stack.into(), from: from.into(), to: to.into() }
    }

    #[test]
    fn what_is_written_is_read_back_and_taken_out_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(MOVES_FILE);
        let none = Moves::read(&path).unwrap();
        let [first, second] = [new("app", "aws_x.a", "aws_x.b"), new("net-*", "module.m[\"k\"].aws_x.y", "aws_x.\"y")];
        fs::write(&path, none.with(&[first.clone(), second.clone()]).unwrap()).unwrap();
        let both = Moves::read(&path).unwrap();
        let read: Vec<NewMove> = both.all().iter().map(|known| new(known.stack.as_str(), &known.from, &known.to)).collect();
        assert_eq!(read, [first.clone(), second]);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(both.with(&[first]).unwrap(), text, "what is there is not written twice");
        let line = both.all()[1].place.line as usize;
        assert_eq!(text.lines().nth(line - 1), Some("[[moves]]"));
        assert_eq!(both.without(&[1]).unwrap() + "\n" + &new("net-*", "module.m[\"k\"].aws_x.y", "aws_x.\"y").to_string(), text);
        assert_eq!(both.without(&[0, 1]).unwrap().trim_end(), HEAD.trim_end());
    }

    #[test]
    fn remarks_of_an_entry_stay_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(MOVES_FILE);
        let entry = |name: &str| new("app", &format!("aws_x.{name}"), "aws_x.z").to_string();
        fs::write(&path, format!("# one\n{}\n# two\n# more\n{}", entry("a"), entry("b"))).unwrap();
        let moves = Moves::read(&path).unwrap();
        assert_eq!(moves.without(&[0]).unwrap(), format!("# one\n# two\n# more\n{}", entry("b")));
    }

    #[test]
    fn what_is_something_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(MOVES_FILE);
        for text in ["moves = 1", "[[moves]]\nfrom = \"a\"", "[[moves]]\nstack = \"[\"\nfrom = \"a\"\nto = \"b\"", "[[moved]]"] {
            fs::write(&path, text).unwrap();
            let error = Moves::read(&path).unwrap_err().to_string();
            assert!(error.contains("tapwasm.moves.toml") && error.contains("[[moves]]"), "{error}");
        }
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(matches!(Moves::read(&path), Err(MovesError::Read { .. })));
    }
}
