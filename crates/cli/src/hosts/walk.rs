//! Which files of a tree are read.

use super::HostFile;
use crate::failure::Failure;
use crate::input::Place;
use iac_extract::Host;
use ignore::{DirEntry, WalkBuilder, WalkState};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// How deep directories are searched.
const MAX_DEPTH: usize = 64;

/// How many files one directory may give.
const MAX_FILES: usize = 200_000;

/// Hidden directories and files that pipelines live in; others are passed over.
const HIDDEN: &[&str] =
    &[".github", ".azuredevops", ".azure-pipelines", ".azure", ".pipelines", ".gitlab-ci.yml"];

/// What paths on the command line stand for.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Files of conditions alone, and the standard input.
    pub(crate) conditions: Vec<Place>,
    /// Files that carry conditions among other things.
    pub(crate) hosts: Vec<HostFile>,
    pub(crate) failures: Vec<Failure>,
}

/// Finds the files that paths stand for, each once. Files of a directory come sorted by name; what
/// git ignores is passed over, and so is what is hidden and no pipeline.
pub(crate) fn places(paths: &[PathBuf]) -> Places {
    let mut places = Places::default();
    let mut known = HashSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            if !places.conditions.contains(&Place::Stdin) {
                places.conditions.push(Place::Stdin);
            }
        } else if path.is_dir() {
            for file in search(path, &mut places.failures) {
                if known.insert(file.clone()) {
                    places.keep(file);
                }
            }
        } else if known.insert(path.clone()) {
            places.keep(path.clone());
        }
    }
    places
}

impl Places {
    fn keep(&mut self, path: PathBuf) {
        match Host::of(&path) {
            Some(host) => self.hosts.push(HostFile { path, host }),
            None => self.conditions.push(Place::File(path)),
        }
    }
}

fn search(directory: &Path, failures: &mut Vec<Failure>) -> Vec<PathBuf> {
    let gathered: Mutex<(Vec<PathBuf>, Vec<Failure>)> = Mutex::default();
    let mut walk = WalkBuilder::new(directory);
    walk.max_depth(Some(MAX_DEPTH)).hidden(false).filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !name.starts_with('.') || HIDDEN.contains(&name.as_ref())
    });
    let mine = || Mine { gathered: &gathered, files: Vec::new(), failures: Vec::new() };
    if cfg!(target_family = "wasm") {
        // There is one thread.
        let mut mine = mine();
        walk.build().for_each(|entry| mine.take(directory, entry));
    } else {
        walk.build_parallel().run(|| {
            let mut mine = mine();
            Box::new(move |entry| {
                mine.take(directory, entry);
                WalkState::Continue
            })
        });
    }
    let (mut files, mut found) = gathered.into_inner().unwrap_or_else(|broken| broken.into_inner());
    files.sort_unstable();
    found.sort_by_key(Failure::message);
    failures.append(&mut found);
    if files.len() > MAX_FILES {
        failures.push(Failure::new(format!(
            "`{}` holds more than {MAX_FILES} files to read; the rest is not read",
            directory.display()
        )));
        files.truncate(MAX_FILES);
    }
    // What is found in the working directory needs no `./` before it.
    let own = |file: PathBuf| file.strip_prefix(".").map(Path::to_owned).unwrap_or(file);
    files.into_iter().map(own).collect()
}

/// What one thread gathers, handed over when it is done.
struct Mine<'g> {
    gathered: &'g Mutex<(Vec<PathBuf>, Vec<Failure>)>,
    files: Vec<PathBuf>,
    failures: Vec<Failure>,
}

impl Mine<'_> {
    fn take(&mut self, directory: &Path, entry: Result<DirEntry, ignore::Error>) {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                let path = entry.path();
                if is_file && (is_condition(path) || Host::of(path).is_some()) {
                    self.files.push(entry.into_path());
                }
            }
            Err(error) => self.failures.push(Failure::new(format!(
                "cannot search `{}`: {}",
                directory.display(),
                short(&error)
            ))),
        }
    }
}

impl Drop for Mine<'_> {
    fn drop(&mut self) {
        let mut gathered = self.gathered.lock().unwrap_or_else(|broken| broken.into_inner());
        gathered.0.append(&mut self.files);
        gathered.1.append(&mut self.failures);
    }
}

/// Says whether a file holds conditions alone.
fn is_condition(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| name.ends_with(".abac") || name.ends_with(".abac.jsonl"))
}

/// Says what kept the walk from a directory, on one line.
fn short(error: &ignore::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}
