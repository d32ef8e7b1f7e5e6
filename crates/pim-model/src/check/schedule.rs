//! The schedule of a request: when it starts and how it ends.

use super::Checker;
use crate::duration::Duration;
use crate::reader::{Got, Place, token};
use crate::request_type::{ExpirationType, Family, RequestType};
use crate::rules::severity;
use crate::schedule::{Expiration, ScheduleInfo, TicketInfo};
use diagnostics::{Diagnostic, Fix, Span};

/// The shortest an assignment may last, in seconds (*documented*:
/// pim-resource-roles-assign-roles, read 2026-11).
const SHORTEST: u64 = 5 * 60;

impl Checker<'_> {
    /// Reads `scheduleInfo` and says whether the type of the request wants it.
    pub(crate) fn schedule(
        &mut self,
        place: &Place<'_>,
        family: Family,
        request_type: Option<RequestType>,
    ) -> Option<ScheduleInfo> {
        let Some(schedule) = self.reader.object(place, "scheduleInfo") else {
            let absent = place.node.get("scheduleInfo").is_none_or(crate::document::Node::is_null);
            if absent && request_type.is_some_and(|one| !one.is_removal()) {
                let message = "the request does not say how long it lasts";
                let help =
                    "add `scheduleInfo`: without an end, Azure takes the assignment as permanent";
                self.reader.advise("pim-missing-schedule", place.span(), message, help);
            }
            return None;
        };
        if let Some(removal) = request_type.filter(|one| one.is_removal()) {
            let message = format!("`{removal}` takes the assignment away and has no schedule");
            let help = "leave `scheduleInfo` out";
            self.reader.advise("pim-schedule-on-removal", schedule.span(), message, help);
        }
        self.reader.unknown_fields(&schedule, &["startDateTime", "expiration", "recurrence"]);
        let start = self.start(&schedule);
        let Some(expiration) = self.reader.object(&schedule, "expiration") else {
            if request_type.is_some_and(|one| !one.is_removal()) {
                let message = "the schedule does not say how it ends";
                let help = "add `expiration`: without it, Azure takes the assignment as permanent";
                self.reader.advise("pim-missing-schedule", schedule.span(), message, help);
            }
            return None;
        };
        let expiration = self.expiration(&expiration, family, &start)?;
        Some(ScheduleInfo { start_date_time: start.value(), expiration })
    }

    fn start(&mut self, schedule: &Place<'_>) -> Got<jiff::Timestamp> {
        let name = "startDateTime";
        let text = schedule.node.get(name).and_then(crate::document::Node::text).unwrap_or("");
        if self.reader.is_expression(text)
            && let Some(node) = schedule.node.get(name).filter(|_| self.is_clock(text))
        {
            let message = "the start is the time of the deployment and changes with each";
            let help = "leave `startDateTime` out: the assignment then starts at once";
            self.reader.advise("pim-start-drift", node.span, message, help);
        }
        let start = self.reader.instant(schedule, name);
        if let (Got::Is(at, span), Some(now)) = (&start, self.options.now) {
            // A few minutes pass between writing a request and sending it.
            if at.as_second() < now.as_second() - 300 {
                let message = format!("the start `{at}` has passed");
                let help = "leave `startDateTime` out to start at once";
                self.reader.advise("pim-start-in-past", *span, message, help);
            }
        }
        start
    }

    fn is_clock(&self, expression: &str) -> bool {
        let expression = expression.to_lowercase();
        expression.contains("utcnow(") || self.parameter_default(&expression).contains("utcnow(")
    }

    fn expiration(
        &mut self,
        place: &Place<'_>,
        family: Family,
        start: &Got<jiff::Timestamp>,
    ) -> Option<Expiration> {
        self.reader.unknown_fields(place, &["type", "duration", "endDateTime"]);
        let kind = token!(self.reader, place, "type", ExpirationType);
        let duration = self.reader.duration(place, "duration");
        let end = self.reader.instant(place, "endDateTime");
        if kind.is_absent() {
            self.reader.missing(place, "type");
        }
        let id = "pim-expiration-fields";
        let (kind, kind_span) = match kind {
            Got::Is(kind, span) => (kind, span),
            _ => return None,
        };
        let token = kind.token(self.reader.casing);
        match kind {
            ExpirationType::AfterDuration => {
                if let (Got::Is(at, span), true) = (&end, duration.is_absent()) {
                    let message =
                        format!("`{token}` ends after a `duration`, found only `endDateTime`");
                    let instead = ExpirationType::AfterDateTime.token(self.reader.casing);
                    let fix =
                        Fix::safe("let it end at the instant", kind_span, format!("\"{instead}\""));
                    let found = Diagnostic::new(id, severity(id), *span, message)
                        .help(format!("write `{instead}`, or give a `duration`"))
                        .fix(fix);
                    self.reader.push(found);
                    self.order(start, *at, *span);
                    return Some(Expiration::AfterDateTime(*at));
                }
                if let (Some(span), false) = (end.span(), duration.is_absent()) {
                    let message =
                        format!("`{token}` ends after a `duration`, found `endDateTime` too");
                    self.reader.advise(id, span, message, "leave `endDateTime` out");
                }
                match duration {
                    Got::Is(duration, span) => {
                        self.length(duration, span);
                        Some(Expiration::AfterDuration(duration))
                    }
                    Got::Absent if end.is_absent() => {
                        let message = match family {
                            Family::Eligibility => format!(
                                "`{token}` has no `duration`: Azure makes it permanent and says nothing"
                            ),
                            Family::Assignment => format!("`{token}` has no `duration`"),
                        };
                        let help = "give a `duration` in ISO 8601, such as `P180D` or `PT8H`";
                        self.reader.advise("pim-missing-duration", kind_span, message, help);
                        None
                    }
                    _ => None,
                }
            }
            ExpirationType::AfterDateTime => {
                if let Some(span) = duration.span() {
                    let message = format!("`{token}` ends at an `endDateTime`, found a `duration`");
                    let instead = ExpirationType::AfterDuration.token(self.reader.casing);
                    if end.is_absent() {
                        let fix = Fix::safe(
                            "let it end after the duration",
                            kind_span,
                            format!("\"{instead}\""),
                        );
                        let found = Diagnostic::new(id, severity(id), span, message)
                            .help(format!("write `{instead}`, or give an `endDateTime`"))
                            .fix(fix);
                        self.reader.push(found);
                        return duration.value().map(Expiration::AfterDuration);
                    }
                    self.reader.advise(id, span, message, "leave `duration` out");
                }
                match end {
                    Got::Is(at, span) => {
                        self.order(start, at, span);
                        Some(Expiration::AfterDateTime(at))
                    }
                    Got::Absent => {
                        self.reader.missing(place, "endDateTime");
                        None
                    }
                    Got::Opaque(_) => None,
                }
            }
            ExpirationType::NoExpiration => {
                for (name, span) in [("duration", duration.span()), ("endDateTime", end.span())] {
                    if let Some(span) = span {
                        let message = format!("`{token}` has no end, found `{name}`");
                        let help =
                            format!("leave `{name}` out, or choose the type that goes with it");
                        self.reader.advise(id, span, message, help);
                    }
                }
                let message =
                    format!("a permanent {family} assignment is refused by the default policy");
                let help = match family {
                    Family::Eligibility => {
                        "give an end, `P365D` at most by default, or change the \
                                            rule `Expiration_Admin_Eligibility` first"
                    }
                    Family::Assignment => {
                        "give an end, `P180D` at most by default, or change the \
                                           rule `Expiration_Admin_Assignment` first"
                    }
                };
                self.reader.advise("pim-permanent", kind_span, message, help);
                Some(Expiration::NoExpiration)
            }
        }
    }

    fn length(&mut self, duration: Duration, span: Span) {
        if duration.seconds() < SHORTEST {
            let message = format!("an assignment lasts five minutes at least, found `{duration}`");
            let title = "take the shortest";
            self.reader.fixable("pim-five-minutes", span, message, title, "PT5M");
        }
    }

    fn order(&mut self, start: &Got<jiff::Timestamp>, end: jiff::Timestamp, span: Span) {
        let (start, words) = match (start.get(), self.options.now) {
            (Some(start), _) => (*start, "the start"),
            (None, Some(now)) if start.is_absent() => (now, "the present"),
            _ => return,
        };
        let seconds = end.as_second().saturating_sub(start.as_second());
        if seconds <= 0 {
            let message = format!("the end `{end}` is not behind {words} `{start}`");
            self.reader.report("pim-end-before-start", span, message);
        } else if seconds < i64::try_from(SHORTEST).unwrap_or(i64::MAX) {
            let message =
                format!("an assignment lasts five minutes at least, found {seconds} seconds");
            self.reader.report("pim-five-minutes", span, message);
        }
    }

    /// Reads `justification`.
    pub(crate) fn justification(&mut self, place: &Place<'_>) -> Option<String> {
        let justification = self.reader.string(place, "justification");
        if let Got::Is(text, span) = &justification
            && text.trim().is_empty()
        {
            let message = "the justification is empty";
            let help = "say why, or leave the field out: an empty one counts as none";
            self.reader.advise("pim-blank-justification", *span, message, help);
        }
        justification.value().map(str::to_owned)
    }

    /// Reads `ticketInfo`.
    pub(crate) fn ticket(&mut self, place: &Place<'_>) -> Option<TicketInfo> {
        let ticket = self.reader.object(place, "ticketInfo")?;
        self.reader.unknown_fields(&ticket, &["ticketNumber", "ticketSystem"]);
        let number = self.reader.string(&ticket, "ticketNumber");
        let system = self.reader.string(&ticket, "ticketSystem");
        let missing = match (number.is_absent(), system.is_absent()) {
            (true, false) => Some("ticketNumber"),
            (false, true) => Some("ticketSystem"),
            _ => None,
        };
        if let Some(missing) = missing {
            let message = format!("the ticket has no `{missing}`");
            let help = "a policy that asks for a ticket asks for its number and its system";
            self.reader.advise("pim-incomplete-ticket", ticket.span(), message, help);
        }
        let owned = |got: Got<&str>| got.value().map(str::to_owned);
        let ticket = TicketInfo { ticket_number: owned(number), ticket_system: owned(system) };
        (!ticket.is_empty()).then_some(ticket)
    }
}
