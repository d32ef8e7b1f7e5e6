//! Files that carry conditions and requests among other things: found, read, taken apart.

mod fix;
mod judge;
mod unit;
mod walk;

pub(crate) use fix::fixed;
pub(crate) use judge::File;
pub(crate) use unit::{HostFile, Unit};
pub(crate) use walk::{Places, places};

use crate::failure::Failure;
use iac_extract::Host;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Reads the files that have something for us, in the order of their names, and what could not be
/// read. The files of a Terraform module are read together.
pub(crate) fn read(files: &[HostFile]) -> (Vec<Unit>, Vec<Failure>) {
    // Terraform by directory: what is declared in one file is used in another.
    let mut modules: BTreeMap<PathBuf, BTreeSet<&Path>> = BTreeMap::new();
    let mut jobs: Vec<Job<'_>> = Vec::new();
    for file in files {
        if file.host == Host::Terraform {
            let directory = file.path.parent().unwrap_or(Path::new("")).to_owned();
            modules.entry(directory).or_default().insert(&file.path);
        } else {
            jobs.push(Job::One(file));
        }
    }
    jobs.extend(modules.into_iter().map(|(directory, files)| Job::Module(directory, files)));
    let mut done: Vec<(Option<Unit>, Vec<Failure>)> = jobs.par_iter().map(Job::read).collect();
    let failures = done.iter_mut().flat_map(|(_, failures)| std::mem::take(failures)).collect();
    let mut units: Vec<Unit> = done.into_iter().filter_map(|(unit, _)| unit).collect();
    units.sort_by(|one, other| one.name().cmp(other.name()));
    (units, failures)
}

enum Job<'f> {
    One(&'f HostFile),
    Module(PathBuf, BTreeSet<&'f Path>),
}

impl Job<'_> {
    fn read(&self) -> (Option<Unit>, Vec<Failure>) {
        match self {
            Self::One(file) => match Unit::of_file(file) {
                Ok(unit) => (unit, Vec::new()),
                Err(failure) => (None, vec![failure]),
            },
            Self::Module(directory, files) => Unit::of_module(directory, files),
        }
    }
}
