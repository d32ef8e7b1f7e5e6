//! The files that paths on the command line stand for.

use super::Place;
use crate::failure::Failure;
use ignore::WalkBuilder;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// How deep directories are searched.
const MAX_DEPTH: usize = 64;

/// How many files one directory may give.
const MAX_FILES: usize = 100_000;

/// What directories are searched for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// What the files hold, in words.
    pub(crate) what: &'static str,
    /// How their names end.
    pub(crate) suffixes: &'static [&'static str],
}

/// Finds the files that paths stand for, each once, in the order of the paths. Files of a directory
/// come sorted by name; those that git ignores and those that are hidden are passed over.
pub(crate) fn find(paths: &[PathBuf], kind: Kind) -> (Vec<Place>, Vec<Failure>) {
    let (mut places, mut failures) = (Vec::new(), Vec::new());
    let mut known = HashSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            if !places.contains(&Place::Stdin) {
                places.push(Place::Stdin);
            }
        } else if path.is_dir() {
            let found = search(path, kind, &mut failures);
            places.extend(
                found.into_iter().filter(|file| known.insert(file.clone())).map(Place::File),
            );
        } else if known.insert(path.clone()) {
            places.push(Place::File(path.clone()));
        }
    }
    (places, failures)
}

fn search(directory: &Path, kind: Kind, failures: &mut Vec<Failure>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let walk = WalkBuilder::new(directory)
        .max_depth(Some(MAX_DEPTH))
        .sort_by_file_name(std::cmp::Ord::cmp)
        .build();
    let before = failures.len();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                failures.push(Failure::new(format!(
                    "cannot search `{}`: {error}",
                    directory.display()
                )));
                continue;
            }
        };
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        let name = entry.file_name().to_string_lossy();
        if !is_file || !kind.suffixes.iter().any(|suffix| name.ends_with(suffix)) {
            continue;
        }
        if files.len() == MAX_FILES {
            failures.push(Failure::new(format!(
                "`{}` holds more than {MAX_FILES} files of {}; the rest is not read",
                directory.display(),
                kind.what
            )));
            break;
        }
        let file = entry.into_path();
        // What is found in the working directory needs no `./` before it.
        files.push(file.strip_prefix(".").map(Path::to_owned).unwrap_or(file));
    }
    if files.is_empty() && failures.len() == before {
        let patterns: Vec<_> = kind.suffixes.iter().map(|suffix| format!("`*{suffix}`")).collect();
        let directory = directory.display();
        failures.push(Failure::new(format!("`{directory}` has no {}", kind.what)).help(format!(
            "a directory is searched for {}, without what git ignores",
            patterns.join(" and ")
        )));
    }
    files
}
