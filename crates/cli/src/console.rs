//! The terminal: what is written, and how it looks.

mod style;
mod wrap;

#[cfg(feature = "online")]
pub(crate) use style::GOOD;
pub(crate) use style::{Appearance, BAD, CODE, DOUBT, FAINT, STRONG, Style};
pub(crate) use wrap::wrap;

use crate::failure::Failure;
use std::io::{self, BufWriter, ErrorKind, StderrLock, StdoutLock, Write};

/// The standard output and the standard error.
pub(crate) struct Console {
    /// How text on the standard output is to look.
    pub(crate) style: Style,
    /// How text on the standard error is to look.
    error_style: Style,
    output: BufWriter<StdoutLock<'static>>,
    /// Why writing stopped.
    broken: Option<io::Error>,
}

impl Console {
    pub(crate) fn new(appearance: &Appearance) -> Self {
        Self {
            style: Style::of(appearance, &io::stdout()),
            error_style: Style::of(appearance, &io::stderr()),
            output: BufWriter::with_capacity(1 << 16, io::stdout().lock()),
            broken: None,
        }
    }

    /// Writes to the standard output. Once nobody reads any more, nothing is written.
    pub(crate) fn write(&mut self, text: &str) {
        if self.broken.is_none() {
            self.broken = self.output.write_all(text.as_bytes()).err();
        }
    }

    /// Writes what is buffered, so that a reader of a stream is not kept waiting.
    pub(crate) fn flush(&mut self) {
        if self.broken.is_none() {
            self.broken = self.output.flush().err();
        }
    }

    /// Says whether anybody still reads.
    pub(crate) const fn is_open(&self) -> bool {
        self.broken.is_none()
    }

    /// Writes a line for people to the standard error.
    pub(crate) fn note(&mut self, text: &str) {
        self.flush();
        let mut errors: StderrLock<'_> = io::stderr().lock();
        // Where the standard error is closed there is nobody to tell.
        let _ = writeln!(errors, "{text}");
    }

    /// Writes text for people to the standard error, as it is.
    pub(crate) fn note_text(&mut self, text: &str) {
        self.note(text.trim_end_matches('\n'));
    }

    /// Reports a failure on the standard error.
    pub(crate) fn report(&mut self, failure: &Failure) {
        let text = failure.draw(self.error_style);
        self.note_text(&text);
    }

    /// Returns how text on the standard error is to look.
    pub(crate) const fn error_style(&self) -> Style {
        self.error_style
    }

    /// Writes what is buffered and says whether all of it arrived. A reader that had enough is no
    /// failure.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        self.flush();
        match &self.broken {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::new(format!("cannot write to the standard output: {error}")))
            }
            _ => Ok(()),
        }
    }
}
