//! Questions for whoever sits at a terminal.

use super::{Arguments, WishName};
use crate::configuration::find_role;
use crate::failure::Failure;
use abac_catalog::Catalog;
use clap::ValueEnum;
use pim_model::{Length, Scope};
use std::io::{BufRead, Read, Write};
use std::path::PathBuf;
use uuid::Uuid;

/// How often one question is asked.
const MAX_TRIES: usize = 5;

/// How long an answer may be, in bytes.
const MAX_ANSWER: u64 = 64 << 10;

/// Asks, and reads the answers.
pub(crate) struct Questions<R, W> {
    answers: R,
    terminal: W,
}

impl<R: BufRead, W: Write> Questions<R, W> {
    pub(crate) const fn new(answers: R, terminal: W) -> Self {
        Self { answers, terminal }
    }

    /// Asks for everything that no flag gave.
    pub(super) fn complete(
        mut self,
        arguments: &mut Arguments,
        catalog: &Catalog,
    ) -> Result<(), Failure> {
        let names: Vec<_> = WishName::value_variants()
            .iter()
            .filter_map(|wish| Some(wish.to_possible_value()?.get_name().to_owned()))
            .collect();
        let question = format!("What is wanted: {}", names.join(", "));
        let wish = self.ask(&question, |text| {
            WishName::from_str(text, true).map_err(|_| format!("`{text}` is none of them"))
        })?;
        arguments.wish = Some(wish);
        let is_resource = arguments.group.is_none();
        if is_resource && arguments.role.is_none() {
            let role = self.ask("Which role: its name or GUID", |text| {
                if Uuid::try_parse(text).is_ok() {
                    return Ok(text.to_owned());
                }
                match find_role(catalog, text) {
                    Ok(role) => Ok(role.name().to_owned()),
                    Err((message, help)) => Err(format!("{message}; {help}")),
                }
            })?;
            arguments.role = Some(role);
        }
        if arguments.principal.is_none() {
            let principal = self.ask("Who: the object id of a user or group", |text| {
                Uuid::try_parse(text).map_err(|_| format!("`{text}` is not a GUID"))
            })?;
            arguments.principal = Some(principal);
        }
        let has_place = arguments.scope.is_some()
            || arguments.management_group.is_some()
            || arguments.subscription.is_some();
        if is_resource && !has_place {
            let question = "Where: an id such as /subscriptions/…/resourceGroups/…";
            let scope = self
                .ask(question, |text| text.parse::<Scope>().map_err(|error| error.to_string()))?;
            arguments.scope = Some(scope);
        }
        let ends = matches!(wish, WishName::Deactivate | WishName::Remove);
        if !ends && arguments.length().is_none() {
            let length = self.ask("How long: such as 180 days, PT8H or permanent", |text| {
                Length::from_words(text).map_err(|error| error.to_string())
            })?;
            arguments.length = Some(length);
        }
        let may_limit = matches!(wish, WishName::Eligible | WishName::Active | WishName::Update);
        if is_resource && may_limit && arguments.condition.is_none() {
            arguments.condition = self.ask("The file of a condition, or nothing", |text| {
                let path = (!text.is_empty()).then(|| PathBuf::from(text));
                match path {
                    Some(path) if !path.is_file() => Err(format!("there is no file `{text}`")),
                    path => Ok(path),
                }
            })?;
        }
        if arguments.justification.is_none() {
            let text = self.ask("Why, or nothing", |text| Ok(text.to_owned()))?;
            arguments.justification = Some(text).filter(|text| !text.is_empty());
        }
        Ok(())
    }

    /// Asks until the answer can be read.
    pub(crate) fn ask<T>(
        &mut self,
        question: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, Failure> {
        for _ in 0..MAX_TRIES {
            // Where the terminal cannot be written to, the answer is missing too.
            let _ = write!(self.terminal, "{question}? ");
            let _ = self.terminal.flush();
            let mut answer = String::new();
            let count = self.answers.by_ref().take(MAX_ANSWER).read_line(&mut answer);
            match count {
                Ok(0) => return Err(Failure::new("the questions were not answered")),
                Ok(_) => {}
                Err(error) => return Err(Failure::new(format!("cannot read the answer: {error}"))),
            }
            match read(answer.trim()) {
                Ok(answer) => return Ok(answer),
                Err(message) => {
                    let _ = writeln!(self.terminal, "  {message}");
                }
            }
        }
        Err(Failure::new(format!("no answer to `{question}`"))
            .help("every answer is also a flag; see `grantif pim new --help`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    /// Answers the questions that the flags leave open; gives what was asked, too.
    fn answer(flags: &[&str], answers: &str) -> (Result<Arguments, String>, String) {
        let mut arguments = Line::parse_from([&["new"], flags].concat()).arguments;
        let mut terminal = Vec::new();
        let outcome = Questions::new(answers.as_bytes(), &mut terminal)
            .complete(&mut arguments, Catalog::builtin())
            .map_err(|failure| failure.message());
        (outcome.map(|()| arguments), String::from_utf8(terminal).unwrap())
    }

    const PRINCIPAL: &str = "11111111-1111-1111-1111-111111111111";

    #[test]
    fn answers_become_flags() {
        let answers = format!("eligible\ncontributor\n{PRINCIPAL}\n/\n180 days\n\nCHG-1\n");
        let (made, asked) = answer(&[], &answers);
        let made = made.unwrap();
        assert_eq!(made.wish, Some(WishName::Eligible));
        assert_eq!(made.role.as_deref(), Some("Contributor"));
        assert_eq!(made.scope, Some(Scope::Tenant));
        assert_eq!(made.length, Length::from_words("180 days").ok());
        assert_eq!(made.condition, None);
        assert_eq!(made.justification.as_deref(), Some("CHG-1"));
        assert_eq!(asked.matches("? ").count(), 7, "{asked}");
    }

    #[test]
    fn what_a_flag_says_is_not_asked() {
        let flags = ["--role", "Reader", "--principal", PRINCIPAL, "--scope", "/"];
        let (made, asked) = answer(&flags, "remove\n\n");
        assert_eq!(made.unwrap().justification, None);
        assert_eq!(asked.matches("? ").count(), 2, "{asked}");
    }

    #[test]
    fn a_wrong_answer_is_asked_again() {
        let (made, asked) = answer(&[], "eligable\nremove\nContributer\nReader\n");
        assert_eq!(made.unwrap_err(), "the questions were not answered");
        assert!(asked.contains("`eligable` is none of them"), "{asked}");
        assert!(asked.contains("did you mean `Contributor`?"), "{asked}");
        let (made, _) = answer(&[], &"x\n".repeat(MAX_TRIES));
        assert!(made.unwrap_err().starts_with("no answer to"));
    }
}
