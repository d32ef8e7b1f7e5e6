//! Snippets for the tools that deploy things.

mod table;

use crate::Status;
use crate::commands::count;
use crate::console::Console;
use crate::failure::Failure;
use crate::replace;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use iac_emit::{Cloud, EmitError, Emitted, Input, Options, Target, emit};
use std::path::PathBuf;

/// The options on what is written, and where.
#[derive(Debug, Clone, Args)]
pub(crate) struct SnippetArguments {
    /// What to write for: `list` shows the targets, `all` takes each that can carry it
    #[arg(
        short, long = "target", value_name = "NAME", value_delimiter = ',',
        value_parser = choices(), hide_possible_values = true, help_heading = "Snippet"
    )]
    targets: Vec<Choice>,
    /// Write files in this directory, instead of one to the standard output
    #[arg(short, long, value_name = "DIR", help_heading = "Snippet")]
    out: Option<PathBuf>,
    /// Write over files that are there already
    #[arg(long, requires = "out", help_heading = "Snippet")]
    force: bool,
    /// The cloud, for targets that spell out an address
    #[arg(long, value_name = "CLOUD", default_value = "public", help_heading = "Snippet")]
    cloud: CloudName,
}

/// What was asked for with `--target`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    List,
    All,
    One(Target),
}

/// A cloud of Azure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CloudName {
    /// The public cloud
    Public,
    /// Azure Government
    UsGovernment,
    /// US Department of Defense
    UsDefense,
    /// Azure operated by 21Vianet
    China,
}

fn choices() -> impl TypedValueParser<Value = Choice> {
    let mut values = vec![
        PossibleValue::new("list").help("Show the targets and what each can carry"),
        PossibleValue::new("all").help("Each target that can carry it"),
    ];
    values.extend(
        Target::ALL.iter().map(|target| PossibleValue::new(target.name()).help(target.title())),
    );
    PossibleValuesParser::new(values).try_map(|name| match name.as_str() {
        "list" => Ok(Choice::List),
        "all" => Ok(Choice::All),
        name => name.parse().map(Choice::One),
    })
}

impl SnippetArguments {
    /// Says whether the list of targets is asked for.
    pub(crate) fn wants_list(&self) -> bool {
        self.targets.contains(&Choice::List)
    }

    /// Says whether any target is asked for.
    pub(crate) fn wants_any(&self) -> bool {
        !self.targets.is_empty()
    }

    /// Shows the targets.
    pub(crate) fn list(&self, console: &mut Console) -> Status {
        let text = table::draw(console.style);
        console.write(&text);
        Status::Clean
    }

    /// Writes something for each target that is asked for, or for one that is usual.
    pub(crate) fn write(
        &self,
        input: &Input,
        role_name: Option<String>,
        usual: Option<Target>,
        console: &mut Console,
    ) -> Result<Status, Failure> {
        let (targets, each) = self.chosen(usual)?;
        let options = Options { role_name, cloud: self.cloud.into() };
        let (mut written, mut refused) = (Vec::new(), Vec::new());
        for target in targets {
            match emit(input.clone(), target, &options) {
                Ok(emitted) => written.push((target, emitted)),
                Err(EmitError::Refused { target, why, .. }) if each => {
                    refused.push(format!("note: not for `{target}`: {why}"));
                }
                Err(error) => {
                    console.report(&refusal(error));
                    return Ok(Status::Findings);
                }
            }
        }
        match &self.out {
            Some(_) => self.to_files(&written, console)?,
            None => {
                for (_, emitted) in &written {
                    console.write(&emitted.text);
                }
            }
        }
        let notes = written.iter().flat_map(|(_, emitted)| &emitted.notes);
        for note in notes {
            console.note(&format!("note: {note}"));
        }
        for note in refused {
            console.note(&note);
        }
        Ok(Status::Clean)
    }

    fn chosen(&self, usual: Option<Target>) -> Result<(Vec<Target>, bool), Failure> {
        let each = self.targets.contains(&Choice::All);
        let mut targets = Vec::new();
        for choice in &self.targets {
            match choice {
                Choice::All => targets.extend(Target::ALL),
                Choice::One(target) => targets.push(*target),
                Choice::List => {}
            }
        }
        targets.sort();
        targets.dedup();
        if targets.is_empty() {
            let missing = || {
                Failure::new("there is no target to write for")
                    .help("name one with --target; `--target list` shows them")
            };
            targets.push(usual.ok_or_else(missing)?);
        }
        if targets.len() > 1 && self.out.is_none() {
            return Err(Failure::new("several targets need a directory to write to")
                .help("name one with --out"));
        }
        Ok((targets, each))
    }

    fn to_files(
        &self,
        written: &[(Target, Emitted)],
        console: &mut Console,
    ) -> Result<(), Failure> {
        let Some(directory) = &self.out else { return Ok(()) };
        std::fs::create_dir_all(directory)
            .map_err(|error| Failure::io("write", directory, &error))?;
        let path = |target: &Target| directory.join(target.file_name());
        // Nothing is written where a part would have to be left out.
        let taken = written.iter().map(|(target, _)| path(target)).find(|path| path.exists());
        if let (Some(path), false) = (taken, self.force) {
            let message = format!("`{}` is there already; nothing was written", path.display());
            return Err(Failure::new(message).help("--force writes over it"));
        }
        for (target, emitted) in written {
            let path = path(target);
            if self.force {
                replace::create(&path, &emitted.text)?;
            } else {
                replace::create_new(&path, &emitted.text)?;
            }
        }
        let names: Vec<_> =
            written.iter().map(|(target, _)| path(target).display().to_string()).collect();
        let files = count(names.len(), "file", "files");
        console.note(&format!("wrote {files}: {}", names.join(", ")));
        Ok(())
    }
}

/// Says why nothing is written.
fn refusal(error: EmitError) -> Failure {
    match error {
        EmitError::Refused { target, what, why, instead } => {
            let failure = Failure::new(format!("`{target}` cannot carry {what}: {why}"));
            let names: Vec<_> = instead.iter().map(|one| format!("`{one}`")).collect();
            match names.split_last() {
                None => failure,
                Some((only, [])) => failure.help(format!("use {only}")),
                Some((last, rest)) => failure.help(format!("use {} or {last}", rest.join(", "))),
            }
        }
        EmitError::Incomplete(what) if what.contains("no scope") => {
            Failure::new(what).help("say where it holds with --scope")
        }
        EmitError::Incomplete(what) => Failure::new(what),
    }
}

impl From<CloudName> for Cloud {
    fn from(name: CloudName) -> Self {
        match name {
            CloudName::Public => Self::Public,
            CloudName::UsGovernment => Self::UsGovernment,
            CloudName::UsDefense => Self::UsDefense,
            CloudName::China => Self::China,
        }
    }
}
