//! Lists, page by page.

use super::call::ArmCall;
use crate::engine::{Code, Cursor, Placed, ScopeKey, ServiceError, Shelf, Span, World};
use crate::http::answer::Answer;
use crate::odata::{Filter, Function};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

/// How many items a page has unless the caller asks for fewer or more.
const PAGE: usize = 100;
/// How many items a page has at most.
pub(super) const MAX_PAGE: usize = 1000;
/// How many records are looked at for one page; a page may be short, and even empty, and still go on.
const MAX_LOOKS: usize = 20_000;

/// A page of a list, and where the next one begins.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) items: Vec<Value>,
    /// The place behind the last item, if there may be more.
    pub(crate) next: Option<String>,
}

impl Page {
    /// Answers the page, with the link to the next one.
    pub(crate) fn answer(self, call: &ArmCall) -> Answer {
        let mut body = json!({ "value": self.items });
        if let (Some(next), Some(fields)) = (self.next, body.as_object_mut()) {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            let kept = call
                .query_pairs()
                .iter()
                .filter(|(name, _)| !name.eq_ignore_ascii_case("$skiptoken"));
            query.extend_pairs(kept.map(|(name, value)| (name.as_str(), value.as_str())));
            query.append_pair("$skiptoken", &URL_SAFE_NO_PAD.encode(next));
            let link = format!("{}{}?{}", call.origin, call.path, query.finish());
            fields.insert("nextLink".to_owned(), json!(link));
        }
        Answer::ok(body)
    }

    /// Takes items from a list that is in order, behind a place, while there is room.
    pub(crate) fn collect<T>(
        size: usize,
        items: impl Iterator<Item = T>,
        place: impl Fn(&T) -> String,
        mut show: impl FnMut(&T) -> Option<Value>,
    ) -> Self {
        let mut page = Self::default();
        for (looks, item) in items.enumerate() {
            if let Some(shown) = show(&item) {
                page.items.push(shown);
            }
            if page.items.len() >= size || looks + 1 >= MAX_LOOKS {
                page.next = Some(place(&item));
                break;
            }
        }
        page
    }
}

/// How many items a page is to have.
pub(super) fn size(call: &ArmCall) -> usize {
    let wanted = call.query("$top").and_then(|text| text.parse::<usize>().ok());
    wanted.unwrap_or(PAGE).clamp(1, MAX_PAGE)
}

/// Returns the place behind which a list goes on.
pub(super) fn behind(call: &ArmCall) -> Result<Option<String>, ServiceError> {
    let Some(token) = call.query("$skiptoken") else { return Ok(None) };
    let decoded =
        URL_SAFE_NO_PAD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.map(Some).ok_or(ServiceError::new(Code::INVALID_CONTINUATION))
}

/// Returns the filter of a list that knows these properties; without one everything matches.
pub(super) fn filter(call: &ArmCall, known: &[&str]) -> Result<Filter, ServiceError> {
    let invalid = |message: String| ServiceError::with(Code::INVALID_FILTER, message);
    let text = call.query("$filter").unwrap_or_default();
    if text.trim().is_empty() {
        return Ok(Filter::And(Vec::new()));
    }
    let filter = Filter::parse(text).map_err(|error| invalid(error.to_string()))?;
    match filter.unknown_property(known) {
        Some(name) => Err(invalid(format!(
            "Invalid filter: the list has no property '{name}' to filter by; it has {}.",
            known.join(", ")
        ))),
        None => Ok(filter),
    }
}

/// The scopes that a list at a scope is about: at it and above with `atScope()`, and below it too
/// without (*documented*: role-assignments-list-rest for role assignments; sources differ for PIM,
/// read 2026-11).
pub(super) fn spans(world: &World, scope: &ScopeKey, filter: &Filter) -> Vec<Span> {
    let mut spans: Vec<Span> = world.at_or_above(scope).into_iter().map(Span::Exactly).collect();
    if !filter.requires(&Function::AtScope) {
        spans.extend(world.at_or_below(scope));
    }
    spans.sort_by_key(Span::start);
    spans
}

/// A record, and the principal through whom it was found.
pub(super) type Found<'w, T> = (Option<Uuid>, &'w Arc<T>);

/// Walks through records of some principals, or of all.
pub(super) fn walk<'w, T: Placed>(
    shelf: &'w Shelf<T>,
    spans: &'w [Span],
    subjects: Option<Vec<Uuid>>,
    behind: Option<&str>,
) -> Result<Box<dyn Iterator<Item = Found<'w, T>> + 'w>, ServiceError> {
    let place = behind.map(parse).transpose()?;
    let Some(mut subjects) = subjects else {
        let cursor = place.map(|(_, cursor)| cursor);
        return Ok(Box::new(shelf.walk(spans, None, cursor).map(|one| (None, one))));
    };
    subjects.sort_unstable();
    let (from, cursor) = match place {
        Some((Some(principal), cursor)) => (principal, Some(cursor)),
        Some((None, _)) => return Err(ServiceError::new(Code::INVALID_CONTINUATION)),
        None => (Uuid::nil(), None),
    };
    let subjects = subjects.into_iter().filter(move |one| *one >= from);
    Ok(Box::new(subjects.flat_map(move |subject| {
        let cursor = cursor.clone().filter(|_| subject == from);
        shelf.walk(spans, Some(subject), cursor).map(move |one| (Some(subject), one))
    })))
}

/// Returns the place of a record in a list.
pub(super) fn place<T: Placed>((subject, one): &Found<'_, T>) -> String {
    let subject = subject.map(|one| one.to_string()).unwrap_or_default();
    format!("{subject}|{}|{}", one.name(), one.scope().to_lowercase())
}

fn parse(place: &str) -> Result<(Option<Uuid>, Cursor), ServiceError> {
    let wrong = || ServiceError::new(Code::INVALID_CONTINUATION);
    let mut parts = place.splitn(3, '|');
    let (subject, name, scope) = (parts.next(), parts.next(), parts.next());
    let subject = match subject.ok_or_else(wrong)? {
        "" => None,
        text => Some(Uuid::try_parse(text).map_err(|_| wrong())?),
    };
    let name = Uuid::try_parse(name.ok_or_else(wrong)?).map_err(|_| wrong())?;
    Ok((subject, (ScopeKey::of(scope.ok_or_else(wrong)?), name)))
}

/// Returns the GUID at the end of an id that a filter asks a property to be.
pub(super) fn wanted_guid(filter: &Filter, name: &str) -> Option<Uuid> {
    Uuid::try_parse(filter.required_text(name)?.rsplit('/').next()?).ok()
}
