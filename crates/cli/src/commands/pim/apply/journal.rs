//! What was chosen before anything was sent.

use crate::failure::Failure;
use crate::input::read_file;
use crate::replace;
use pim_client::{Plan, PlanStep};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The version of the file.
const VERSION: u32 = 1;

/// The names of requests that are, or may have been, sent. They are on disk before the first is
/// sent, so that a run after a crash sends nothing under another name that may be there already.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    requests: Vec<Entry>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Uuid,
    scope: String,
    kind: String,
    body: Value,
}

/// The name of a request.
#[derive(Clone, Copy)]
pub(super) struct Name {
    pub(super) name: Uuid,
    /// Whether it may have been sent by an earlier run.
    pub(super) was_chosen_before: bool,
}

impl Journal {
    /// Opens the journal beside a file of the desired state; usually there is none.
    pub(super) fn open(desired: &Path) -> Result<Self, Failure> {
        let mut name = desired.as_os_str().to_owned();
        name.push(".journal");
        let path = PathBuf::from(name);
        let file = if path.exists() {
            let text = read_file(&path)?;
            let wrong = |what: String| {
                Failure::new(format!("`{}` is no journal: {what}", path.display())).help(
                    "it holds the names of requests that were sent; look at them with `grantif pim \
                     status` before it is deleted",
                )
            };
            let file: File =
                serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
            if file.version != VERSION {
                return Err(wrong(format!("it is of version {}", file.version)));
            }
            file
        } else {
            File { version: VERSION, requests: Vec::new() }
        };
        Ok(Self { path, file })
    }

    /// Chooses a name for each request of a plan, that of an earlier run for the same request, and
    /// writes them down. The names are in the order of the plan's changes; a policy has none.
    pub(super) fn plan(&mut self, plan: &Plan) -> Result<Vec<Option<Name>>, Failure> {
        let mut names = Vec::new();
        let mut entries = Vec::new();
        for step in plan.changes() {
            let Some(mut entry) = entry(step) else {
                names.push(None);
                continue;
            };
            let before = self.file.requests.iter().find(|old| {
                old.scope == entry.scope && old.kind == entry.kind && old.body == entry.body
            });
            if let Some(before) = before {
                entry.name = before.name;
            }
            names.push(Some(Name { name: entry.name, was_chosen_before: before.is_some() }));
            entries.push(entry);
        }
        // What an earlier run sent and the plan no longer asks for was carried out, or is no longer
        // wanted.
        self.file.requests = entries;
        self.write()?;
        Ok(names)
    }

    /// Notes that the service has said how a request ended.
    pub(super) fn settle(&mut self, name: Uuid) -> Result<(), Failure> {
        self.file.requests.retain(|entry| entry.name != name);
        self.write()
    }

    /// Takes the journal away when nothing in it is open.
    pub(super) fn finish_if_settled(&mut self) -> Result<(), Failure> {
        if self.file.requests.is_empty() { self.finish() } else { Ok(()) }
    }

    /// Takes the journal away.
    pub(super) fn finish(&mut self) -> Result<(), Failure> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Failure::io("delete", &self.path, &error))
            }
            _ => Ok(()),
        }
    }

    fn write(&self) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(&self.file).unwrap_or_default();
        replace::create(&self.path, &format!("{text}\n"))
    }
}

fn entry(step: &PlanStep) -> Option<Entry> {
    let request = step.request.as_ref()?;
    Some(Entry {
        name: Uuid::new_v4(),
        scope: step.scope.to_string(),
        kind: request.family.request_kind().to_owned(),
        body: request.to_json(),
    })
}
