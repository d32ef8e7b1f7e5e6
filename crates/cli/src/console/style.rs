//! Colours, marks and the width of a line.

use anstream::{AutoStream, ColorChoice, stream::RawStream};
use anstyle::{AnsiColor, Style as Paint};
use clap::{Args, ValueEnum};

/// The width where the output is no terminal.
const WIDTH: usize = 100;

/// The options on how output looks.
#[derive(Debug, Clone, Args)]
pub(crate) struct Appearance {
    /// When to write colours; `auto` looks at the terminal and at NO_COLOR
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Appearance"
    )]
    pub(crate) color: When,
    /// Draw marks and lines with ASCII characters only
    #[arg(long, global = true, help_heading = "Appearance")]
    pub(crate) ascii: bool,
}

/// When to write colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

/// How text is to look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) color: bool,
    /// Whether marks and lines may be other than ASCII.
    pub(crate) unicode: bool,
    /// How many columns a line may have.
    pub(crate) width: usize,
}

pub(crate) const GOOD: Paint = AnsiColor::Green.on_default().bold();
pub(crate) const BAD: Paint = AnsiColor::BrightRed.on_default().bold();
pub(crate) const DOUBT: Paint = AnsiColor::Yellow.on_default().bold();
pub(crate) const STRONG: Paint = Paint::new().bold();
pub(crate) const FAINT: Paint = Paint::new().dimmed();
pub(crate) const CODE: Paint = AnsiColor::Cyan.on_default();

impl Style {
    pub(crate) fn of(appearance: &Appearance, stream: &impl RawStream) -> Self {
        let color = match appearance.color {
            When::Always => true,
            When::Never => false,
            When::Auto => AutoStream::choice(stream) != ColorChoice::Never,
        };
        let width = if stream.is_terminal() {
            let size = terminal_size::terminal_size();
            size.map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(40, 160))
        } else {
            WIDTH
        };
        let unicode = !appearance.ascii && (!stream.is_terminal() || locale_is_unicode());
        Self { color, unicode, width }
    }

    /// Colours a text.
    pub(crate) fn paint(self, paint: Paint, text: &str) -> String {
        if self.color && !text.is_empty() {
            format!("{}{text}{}", paint.render(), paint.render_reset())
        } else {
            text.to_owned()
        }
    }

    /// Returns the mark for yes.
    pub(crate) fn yes(self) -> String {
        self.paint(GOOD, if self.unicode { "✓" } else { "+" })
    }

    /// Returns the mark for no.
    pub(crate) fn no(self) -> String {
        self.paint(BAD, if self.unicode { "✗" } else { "x" })
    }

    /// Returns the mark for what is not known.
    pub(crate) fn unknown(self) -> String {
        self.paint(DOUBT, "?")
    }

    /// Colours what stands in backticks, and leaves the rest.
    pub(crate) fn code(self, text: &str) -> String {
        if !self.color || text.matches('`').count() < 2 {
            return text.to_owned();
        }
        let mut painted = String::with_capacity(text.len() + 32);
        let pieces: Vec<&str> = text.split('`').collect();
        let last = pieces.len().saturating_sub(1);
        for (number, piece) in pieces.iter().enumerate() {
            if number % 2 == 1 && number < last {
                painted.push_str(&self.paint(CODE, piece));
            } else {
                // A backtick without a partner is no code.
                if number % 2 == 1 {
                    painted.push('`');
                }
                painted.push_str(piece);
            }
        }
        painted
    }
}

/// Says whether the terminal is expected to show more than ASCII. Where no locale is set at all,
/// as in most containers, it is.
fn locale_is_unicode() -> bool {
    if std::env::var_os("TERM").is_some_and(|term| term == "linux" || term == "dumb") {
        return false;
    }
    let set = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    set.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}
