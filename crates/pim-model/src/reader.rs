//! Reads the fields of an object and reports what is wrong with each.

use crate::document::{Kind, Node};
use crate::duration::{Duration, DurationError};
use crate::request_type::Casing;
use crate::rules::severity;
use diagnostics::{Diagnostic, Fix, Span, closest};
use jiff::Timestamp;
use uuid::Uuid;

/// How many findings are made about one text.
const MAX_DIAGNOSTICS: usize = 1000;

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Got<T> {
    /// Nothing, or null.
    Absent,
    /// Something that cannot be used: reported, or a template expression.
    Opaque(Span),
    /// A value.
    Is(T, Span),
}

impl<T> Got<T> {
    pub(crate) fn value(self) -> Option<T> {
        match self {
            Self::Is(value, _) => Some(value),
            Self::Absent | Self::Opaque(_) => None,
        }
    }

    pub(crate) const fn get(&self) -> Option<&T> {
        match self {
            Self::Is(value, _) => Some(value),
            Self::Absent | Self::Opaque(_) => None,
        }
    }

    pub(crate) const fn span(&self) -> Option<Span> {
        match self {
            Self::Absent => None,
            Self::Opaque(span) | Self::Is(_, span) => Some(*span),
        }
    }

    pub(crate) const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// An object and the names that lead to it.
#[derive(Debug, Clone)]
pub(crate) struct Place<'n> {
    pub(crate) node: &'n Node,
    pub(crate) path: String,
}

impl<'n> Place<'n> {
    pub(crate) fn new(node: &'n Node, path: impl Into<String>) -> Self {
        Self { node, path: path.into() }
    }

    pub(crate) fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// Returns the span to show for the object: its first line is enough for a long one.
    pub(crate) fn span(&self) -> Span {
        match self.node.kind {
            Kind::Object(_) | Kind::Array(_) => {
                Span::new(self.node.span.start, self.node.span.start + 1)
            }
            _ => self.node.span,
        }
    }
}

/// Collects findings while fields are read.
#[derive(Debug)]
pub(crate) struct Reader<'s> {
    pub(crate) source: &'s str,
    /// Whether strings may be template expressions.
    pub(crate) template: bool,
    pub(crate) casing: Casing,
    pub(crate) found: Vec<Diagnostic>,
}

impl<'s> Reader<'s> {
    pub(crate) const fn new(source: &'s str) -> Self {
        Self { source, template: false, casing: Casing::Arm, found: Vec::new() }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.found.len() < MAX_DIAGNOSTICS {
            self.found.push(diagnostic);
        }
    }

    /// Reports a finding of a rule with its usual severity.
    pub(crate) fn report(&mut self, id: &'static str, span: Span, message: impl Into<String>) {
        self.push(Diagnostic::new(id, severity(id), span, message));
    }

    /// Reports a finding with what to do.
    pub(crate) fn advise(
        &mut self,
        id: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Diagnostic::new(id, severity(id), span, message).help(help));
    }

    /// Reports a finding with a fix that changes no meaning.
    pub(crate) fn fixable(
        &mut self,
        id: &'static str,
        span: Span,
        message: impl Into<String>,
        title: &'static str,
        replacement: &str,
    ) {
        let fix = Fix::safe(title, span, format!("\"{replacement}\""));
        let found = Diagnostic::new(id, severity(id), span, message)
            .help(format!("write `{replacement}`"))
            .fix(fix);
        self.push(found);
    }

    /// Says whether a string is computed by the template.
    pub(crate) fn is_expression(&self, text: &str) -> bool {
        self.template && text.starts_with('[') && text.ends_with(']') && !text.starts_with("[[")
    }

    fn wrong_type(&mut self, place: &Place<'_>, name: &str, node: &Node, expected: &str) {
        let path = place.path_of(name);
        let message = format!("`{path}` must be {expected}, found {}", node.noun());
        self.report("pim-wrong-type", node.span, message);
    }

    /// Returns the field; a name in another case is reported and taken.
    fn field<'n>(&mut self, place: &Place<'n>, name: &str) -> Option<&'n Node> {
        place.node.get(name).filter(|node| !node.is_null())
    }

    pub(crate) fn string<'n>(&mut self, place: &Place<'n>, name: &str) -> Got<&'n str> {
        let Some(node) = self.field(place, name) else { return Got::Absent };
        match node.text() {
            Some(text) if self.is_expression(text) => Got::Opaque(node.span),
            Some(text) => Got::Is(text, node.span),
            None => {
                self.wrong_type(place, name, node, "a string");
                Got::Opaque(node.span)
            }
        }
    }

    pub(crate) fn boolean(&mut self, place: &Place<'_>, name: &str) -> Got<bool> {
        let Some(node) = self.field(place, name) else { return Got::Absent };
        match &node.kind {
            Kind::Bool(value) => Got::Is(*value, node.span),
            Kind::String(text) if self.is_expression(text) => Got::Opaque(node.span),
            Kind::String(text)
                if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") =>
            {
                let value = text.eq_ignore_ascii_case("true");
                let id = "pim-boolean-string";
                let path = place.path_of(name);
                let message = format!("`{path}` must be a boolean, found the string `{text}`");
                let fix = Fix::safe("take the quotes away", node.span, value.to_string());
                self.push(Diagnostic::new(id, severity(id), node.span, message).fix(fix));
                Got::Is(value, node.span)
            }
            _ => {
                self.wrong_type(place, name, node, "a boolean");
                Got::Opaque(node.span)
            }
        }
    }

    pub(crate) fn integer(&mut self, place: &Place<'_>, name: &str) -> Got<i64> {
        let Some(node) = self.field(place, name) else { return Got::Absent };
        match &node.kind {
            Kind::Number(text) => match text.parse() {
                Ok(value) => Got::Is(value, node.span),
                Err(_) => {
                    self.wrong_type(place, name, node, "a whole number");
                    Got::Opaque(node.span)
                }
            },
            Kind::String(text) if self.is_expression(text) => Got::Opaque(node.span),
            _ => {
                self.wrong_type(place, name, node, "a whole number");
                Got::Opaque(node.span)
            }
        }
    }

    pub(crate) fn object<'n>(&mut self, place: &Place<'n>, name: &str) -> Option<Place<'n>> {
        let node = self.field(place, name)?;
        match &node.kind {
            Kind::Object(_) => Some(Place::new(node, place.path_of(name))),
            Kind::String(text) if self.is_expression(text) => None,
            _ => {
                self.wrong_type(place, name, node, "an object");
                None
            }
        }
    }

    pub(crate) fn list<'n>(&mut self, place: &Place<'n>, name: &str) -> Vec<Place<'n>> {
        let Some(node) = self.field(place, name) else { return Vec::new() };
        match &node.kind {
            Kind::Array(items) => {
                let path = place.path_of(name);
                let item = |(index, node)| Place::new(node, format!("{path}[{index}]"));
                items.iter().enumerate().map(item).collect()
            }
            Kind::String(text) if self.is_expression(text) => Vec::new(),
            _ => {
                self.wrong_type(place, name, node, "a list");
                Vec::new()
            }
        }
    }

    pub(crate) fn guid(&mut self, place: &Place<'_>, name: &str) -> Got<Uuid> {
        match self.string(place, name) {
            Got::Is(text, span) => match Uuid::try_parse(text.trim()) {
                Ok(guid) if text.len() == 36 => Got::Is(guid, span),
                Ok(guid) => {
                    let path = place.path_of(name);
                    let message =
                        format!("`{path}` must be a GUID in its plain form, found `{text}`");
                    let plain = guid.to_string();
                    self.fixable(
                        "pim-malformed-guid",
                        span,
                        message,
                        "write the plain form",
                        &plain,
                    );
                    Got::Is(guid, span)
                }
                Err(_) => {
                    let message = format!(
                        "`{}` must be a GUID, found `{}`",
                        place.path_of(name),
                        shown(text)
                    );
                    let help = "it is the object id of the principal in Entra, not a name, an \
                                address or an application id";
                    if name.starts_with("principal") {
                        self.advise("pim-malformed-guid", span, message, help);
                    } else {
                        self.report("pim-malformed-guid", span, message);
                    }
                    Got::Opaque(span)
                }
            },
            Got::Opaque(span) => Got::Opaque(span),
            Got::Absent => Got::Absent,
        }
    }

    /// Reads a token; wrong case is reported with its fix and taken.
    pub(crate) fn token<T: Copy>(
        &mut self,
        place: &Place<'_>,
        name: &str,
        all: &[T],
        spelling: impl Fn(T) -> &'static str,
        from: impl Fn(&str) -> Option<T>,
    ) -> Got<T> {
        match self.string(place, name) {
            Got::Is(text, span) => {
                match self.token_of(&place.path_of(name), text, span, all, spelling, from) {
                    Some(value) => Got::Is(value, span),
                    None => Got::Opaque(span),
                }
            }
            Got::Opaque(span) => Got::Opaque(span),
            Got::Absent => Got::Absent,
        }
    }

    pub(crate) fn token_of<T: Copy>(
        &mut self,
        path: &str,
        text: &str,
        span: Span,
        all: &[T],
        spelling: impl Fn(T) -> &'static str,
        from: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let Some(value) = from(text) else {
            let names: Vec<&'static str> = all.iter().map(|one| spelling(*one)).collect();
            let message = format!("`{path}` does not take `{}`", shown(text));
            let help = match closest(text, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it takes {}", quoted(&names)),
            };
            self.advise("pim-unknown-token", span, message, help);
            return None;
        };
        let expected = spelling(value);
        if text != expected {
            let api = match self.casing {
                Casing::Arm => "Azure Resource Manager",
                Casing::Graph => "Microsoft Graph",
            };
            let message = format!("`{path}` is `{expected}` in {api}, found `{}`", shown(text));
            self.fixable("pim-token-case", span, message, "write the token as it is", expected);
        }
        Some(value)
    }

    pub(crate) fn duration(&mut self, place: &Place<'_>, name: &str) -> Got<Duration> {
        let (text, span) = match self.string(place, name) {
            Got::Is(text, span) => (text, span),
            Got::Opaque(span) => return Got::Opaque(span),
            Got::Absent => return Got::Absent,
        };
        match text.parse::<Duration>() {
            Ok(duration) => Got::Is(duration, span),
            Err(error) => {
                let path = place.path_of(name);
                let message = format!("`{path}` is `{}`: {error}", shown(text));
                match error.suggestion() {
                    Some(meant) if matches!(error, DurationError::YearsOrMonths(_)) => {
                        let id = "pim-duration";
                        let title = "count a month as 30 and a year as 365 days";
                        let fix = Fix::needs_review(title, span, format!("\"{meant}\""));
                        let found = Diagnostic::new(id, severity(id), span, message)
                            .help(format!("give it in days, such as `{meant}`"))
                            .fix(fix);
                        self.push(found);
                    }
                    Some(meant) => {
                        let title = "write it in ISO 8601";
                        self.fixable("pim-duration", span, message, title, &meant.to_string());
                        return Got::Is(meant, span);
                    }
                    None => self.report("pim-duration", span, message),
                }
                Got::Opaque(span)
            }
        }
    }

    pub(crate) fn instant(&mut self, place: &Place<'_>, name: &str) -> Got<Timestamp> {
        let (text, span) = match self.string(place, name) {
            Got::Is(text, span) => (text, span),
            Got::Opaque(span) => return Got::Opaque(span),
            Got::Absent => return Got::Absent,
        };
        if let Ok(instant) = text.trim().parse::<Timestamp>() {
            return Got::Is(instant, span);
        }
        let message = format!("`{}` is no instant: `{}`", place.path_of(name), shown(text));
        let date = text.trim().parse::<jiff::civil::DateTime>().ok();
        let instant = date.and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC).ok());
        match instant {
            Some(zoned) => {
                let instant = zoned.timestamp();
                let id = "pim-malformed-instant";
                let fix = Fix::needs_review("take it as UTC", span, format!("\"{instant}\""));
                let found = Diagnostic::new(id, severity(id), span, message)
                    .help("it needs a time and an offset; `Z` is UTC")
                    .fix(fix);
                self.push(found);
                Got::Is(instant, span)
            }
            None => {
                let help = "write it as `2026-11-30T08:00:00Z`";
                self.advise("pim-malformed-instant", span, message, help);
                Got::Opaque(span)
            }
        }
    }

    /// Reports the fields of an object that are not known.
    pub(crate) fn unknown_fields(&mut self, place: &Place<'_>, known: &[&str]) {
        for field in place.node.fields() {
            let name = field.name.as_str();
            if known.contains(&name) || name.contains("@odata.") {
                continue;
            }
            let path = place.path_of(name);
            let message = format!("no version of the API has the field `{}`", shown(&path));
            match closest(name, known.iter().copied()) {
                Some(near) if place.node.get(near).is_none() => {
                    let id = "pim-unknown-field";
                    let fix = Fix::needs_review(
                        "rename the field",
                        field.name_span,
                        format!("\"{near}\""),
                    );
                    let found = Diagnostic::new(id, severity(id), field.name_span, message)
                        .help(format!("did you mean `{near}`?"))
                        .fix(fix);
                    self.push(found);
                }
                _ => self.report("pim-unknown-field", field.name_span, message),
            }
        }
    }

    pub(crate) fn missing(&mut self, place: &Place<'_>, name: &str) {
        let message = format!("`{}` is missing", place.path_of(name));
        self.report("pim-missing-field", place.span(), message);
    }
}

/// Shortens the user's text so that a message stays a line.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'");
    if line.chars().count() <= MOST {
        return line;
    }
    let mut short: String = line.chars().take(MOST).collect();
    short.push('…');
    short
}

/// Puts words into backticks, with `and` before the last.
pub(crate) fn quoted(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Reads a field whose tokens are an enumeration of this crate.
macro_rules! token {
    ($reader:expr, $place:expr, $name:expr, $kind:ty) => {{
        let casing = $reader.casing;
        $reader.token(
            $place,
            $name,
            <$kind>::ALL,
            |one: $kind| one.token(casing),
            <$kind>::from_token,
        )
    }};
}
pub(crate) use token;
