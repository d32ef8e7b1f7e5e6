//! Following a request to its end, so that it can be seen.

use super::session::{Session, Stop};
use crate::console::Style;
use indicatif::{ProgressBar, ProgressStyle};
use pim_client::{Conversation, Waiting};
use std::io::IsTerminal;
use std::time::Duration;

/// How what is waited for is told: as a line that moves on a terminal, a line for each change
/// otherwise, or not at all.
pub(crate) struct Follow {
    title: String,
    bar: Option<ProgressBar>,
    told: Option<String>,
    quiet: bool,
}

impl Follow {
    /// Makes ready to follow something that is called `title`.
    pub(crate) fn new(title: String, quiet: bool) -> Self {
        Self { title, bar: None, told: None, quiet }
    }

    /// Holds a conversation to its end.
    pub(crate) fn hold<C: Conversation>(
        mut self,
        session: &mut Session<'_>,
        conversation: C,
    ) -> Result<C::Outcome, Stop> {
        session.watch();
        let outcome =
            session.hold(conversation, |session, waiting, time| self.tell(session, waiting, time));
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        outcome
    }

    fn tell(&mut self, session: &mut Session<'_>, waiting: &Waiting, time: Duration) {
        if self.quiet {
            return;
        }
        let what = match waiting {
            Waiting::Request(status) => format!("{status}: {}", status.words()),
            Waiting::Service(why) => format!("{why}; again in {} seconds", time.as_secs().max(1)),
            Waiting::Need(what) => (*what).to_owned(),
        };
        let line = format!("{}: {what}", self.title);
        if std::io::stderr().is_terminal() {
            let style = session.console.error_style();
            self.bar.get_or_insert_with(|| bar(style)).set_message(line);
        } else if self.told.as_ref() != Some(&line) {
            session.console.note(&line);
            self.told = Some(line);
        }
    }
}

fn bar(style: Style) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    // The template is a constant; where it could not be read, the usual one is as good.
    if let Ok(look) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
        let ticks: &[&str] = if style.unicode {
            &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏", " "]
        } else {
            &["-", "\\", "|", "/", " "]
        };
        bar.set_style(look.tick_strings(ticks));
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
