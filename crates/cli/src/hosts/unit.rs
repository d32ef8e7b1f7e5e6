//! A file, or the files of a Terraform module, and what was found in them.

use crate::failure::Failure;
use crate::input::{Input, read_bytes, read_text};
use diagnostics::{LineIndex, Position, Span};
use iac_extract::{Found, Host, Source, extract_from, has_telltale, named_files};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How many files of one directory are one module.
const MAX_MODULE_FILES: usize = 500;

/// A file to read, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HostFile {
    pub(crate) path: PathBuf,
    pub(crate) host: Host,
}

/// Texts that were read together.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) host: Host,
    /// All of them, one behind the other.
    pub(crate) text: String,
    pub(crate) parts: Vec<UnitPart>,
    pub(crate) found: Found,
}

/// A file of a unit.
#[derive(Debug)]
pub(crate) struct UnitPart {
    pub(crate) path: PathBuf,
    /// Its path from the directory of the module.
    from_module: String,
    /// Where it stands in the text of the unit.
    pub(crate) span: Span,
    /// Whether it was asked for, or is only followed.
    pub(crate) asked: bool,
}

impl Unit {
    /// Reads a file; `None` where it has nothing for us.
    pub(crate) fn of_file(file: &HostFile) -> Result<Option<Self>, Failure> {
        let bytes = read_bytes(&file.path)?;
        let has_some = has_telltale(&bytes);
        let text = read_text(bytes, &file.path)?;
        if !has_some {
            return Ok(None);
        }
        Ok(Some(Self::from_text(file, text)))
    }

    /// Takes apart the text of a file.
    pub(crate) fn from_text(file: &HostFile, text: String) -> Self {
        let part = UnitPart {
            path: file.path.clone(),
            from_module: String::new(),
            span: Span::new(0, offset(text.len())),
            asked: true,
        };
        let mut unit = Self { host: file.host, text, parts: vec![part], found: Found::default() };
        unit.look();
        unit
    }

    /// Reads the files of a directory of Terraform.
    pub(crate) fn of_module(
        directory: &Path,
        asked: &BTreeSet<&Path>,
    ) -> (Option<Self>, Vec<Failure>) {
        let mut failures = Vec::new();
        let mut texts = Vec::new();
        for path in asked {
            match read_bytes(path) {
                Ok(bytes) => {
                    let has_some = has_telltale(&bytes);
                    match read_text(bytes, path) {
                        Ok(text) => texts.push(((*path).to_owned(), text, has_some, true)),
                        Err(failure) => failures.push(failure),
                    }
                }
                Err(failure) => failures.push(failure),
            }
        }
        if !texts.iter().any(|(_, _, has_some, _)| *has_some) {
            return (None, failures);
        }
        // What others of the directory declare is followed, and not reported.
        for path in siblings(directory) {
            let known = texts.iter().any(|(other, ..)| *other == path);
            if !known && let Ok(text) = read_bytes(&path).and_then(|bytes| read_text(bytes, &path))
            {
                texts.push((path, text, false, false));
            }
        }
        let names: BTreeSet<String> =
            texts.iter().flat_map(|(_, text, ..)| named_files(text)).collect();
        for name in names {
            let path = directory.join(&name);
            let known = texts.iter().any(|(other, ..)| *other == path);
            if !known
                && path.is_file()
                && let Ok(text) = read_bytes(&path).and_then(|bytes| read_text(bytes, &path))
            {
                texts.push((path, text, false, false));
            }
        }
        let mut unit = Self {
            host: Host::Terraform,
            text: String::new(),
            parts: Vec::new(),
            found: Found::default(),
        };
        for (path, text, _, asked) in texts {
            let start = offset(unit.text.len());
            unit.text.push_str(&text);
            let span = Span::new(start, offset(unit.text.len()));
            // A file never runs on into the next.
            unit.text.push('\n');
            let own = path.strip_prefix(directory).unwrap_or(&path);
            let from_module = own.to_string_lossy().replace('\\', "/");
            unit.parts.push(UnitPart { path, from_module, span, asked });
        }
        unit.look();
        (Some(unit), failures)
    }

    /// Reads the same files again with another text in place of one of them.
    pub(crate) fn with_text(&self, number: usize, text: &str) -> Self {
        let mut unit = Self {
            host: self.host,
            text: String::with_capacity(self.text.len()),
            parts: Vec::new(),
            found: Found::default(),
        };
        let last = self.parts.len().saturating_sub(1);
        for (other, part) in self.parts.iter().enumerate() {
            let start = offset(unit.text.len());
            unit.text.push_str(if other == number { text } else { part.span.of(&self.text) });
            let span = Span::new(start, offset(unit.text.len()));
            if other < last || self.parts.len() > 1 {
                unit.text.push('\n');
            }
            unit.parts.push(UnitPart {
                path: part.path.clone(),
                from_module: part.from_module.clone(),
                span,
                asked: part.asked,
            });
        }
        unit.look();
        unit
    }

    fn look(&mut self) {
        let files = match self.parts.len() {
            1 if self.host != Host::Terraform => Vec::new(),
            _ => self.parts.iter().map(|one| (one.from_module.clone(), one.span)).collect(),
        };
        self.found = extract_from(self.host, &Source { text: &self.text, files });
        // A text that is used here and stands in a file that was not asked for is told where it is
        // asked for.
        let asked = |span: Span| {
            self.parts.iter().any(|part| part.asked && part.span.contains(Span::at(span.start)))
        };
        self.found.conditions.retain(|one| asked(one.span));
        self.found.assignments.retain(|one| asked(one.head));
        self.found.problems.retain(|one| asked(one.span));
    }

    /// Says whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.conditions.is_empty() && self.found.assignments.is_empty()
    }

    /// Returns what could not be read, a line each.
    pub(crate) fn problems(&self) -> Vec<Failure> {
        let places = self.places();
        let failure = |problem: &iac_extract::Problem| {
            let place = places.of(problem.span)?;
            let (line, column) = (place.position.line, place.position.char_column);
            let name = place.path.display();
            Some(Failure::new(format!("`{name}:{line}:{column}`: {}", problem.message)))
        };
        self.found.problems.iter().filter_map(failure).collect()
    }

    /// Returns how many conditions and assignments stand in a file.
    pub(crate) fn count_in(&self, number: usize) -> usize {
        let at = |span: Span| self.part_at(span.start) == Some(number);
        self.found.conditions.iter().filter(|one| at(one.span)).count()
            + self.found.assignments.iter().filter(|one| at(one.head)).count()
    }

    /// Returns a file as what is reported on.
    pub(crate) fn input(&self, number: usize) -> Input {
        let path = self.parts.get(number).map(|part| part.path.clone());
        let name = path.as_deref().map_or_else(String::new, |path| path.display().to_string());
        Input { name, path, record: None, text: self.text_of(number).to_owned() }
    }

    /// Returns the name it is sorted by.
    pub(crate) fn name(&self) -> &Path {
        self.parts.first().map_or(Path::new(""), |part| &part.path)
    }

    /// Returns the number of the file that an offset stands in.
    pub(crate) fn part_at(&self, at: u32) -> Option<usize> {
        let index = self.parts.partition_point(|part| part.span.end < at);
        self.parts.get(index).filter(|part| part.span.start <= at).map(|_| index)
    }

    /// Returns the text of a file.
    pub(crate) fn text_of(&self, number: usize) -> &str {
        self.parts.get(number).map_or("", |part| part.span.of(&self.text))
    }

    /// Returns the files in which something was found, each with its lines.
    pub(crate) fn places(&self) -> UnitPlaces<'_> {
        UnitPlaces { unit: self, lines: std::cell::OnceCell::new() }
    }
}

/// Places of a unit as lines and columns of its files.
pub(crate) struct UnitPlaces<'u> {
    unit: &'u Unit,
    lines: std::cell::OnceCell<Vec<LineIndex>>,
}

/// A place in a file.
pub(crate) struct FilePlace<'u> {
    pub(crate) path: &'u Path,
    pub(crate) position: Position,
    pub(crate) span: Span,
}

impl<'u> UnitPlaces<'u> {
    /// Returns where a span of the unit stands.
    pub(crate) fn of(&self, span: Span) -> Option<FilePlace<'u>> {
        let number = self.unit.part_at(span.start)?;
        let part = self.unit.parts.get(number)?;
        let lines = self.lines.get_or_init(|| {
            let text = |part: &UnitPart| LineIndex::new(part.span.of(&self.unit.text));
            self.unit.parts.iter().map(text).collect()
        });
        let own = Span::new(span.start - part.span.start, span.end.saturating_sub(part.span.start));
        Some(FilePlace {
            path: &part.path,
            position: lines.get(number)?.position(own.start),
            span: own,
        })
    }
}

/// Returns the other files of a module, sorted.
fn siblings(directory: &Path) -> Vec<PathBuf> {
    let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    let Ok(entries) = std::fs::read_dir(directory) else { return Vec::new() };
    let is_terraform = |path: &PathBuf| Host::of(path) == Some(Host::Terraform) && path.is_file();
    let own = |path: PathBuf| path.strip_prefix(".").map(Path::to_owned).unwrap_or(path);
    let mut paths: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(is_terraform).map(own).collect();
    paths.sort_unstable();
    paths.truncate(MAX_MODULE_FILES);
    paths
}

pub(crate) fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
