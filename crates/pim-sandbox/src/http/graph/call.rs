//! One call of Microsoft Graph, taken apart.

use super::fault::Fault;
use crate::engine::{Caller, World};
use crate::http::{AppState, Origin};
use crate::odata::Filter;
use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// How many items a page has unless told otherwise, and how many it may have (*documented*:
/// learn.microsoft.com/graph/paging, 2026-11).
const PAGE: usize = 100;
const MAX_PAGE: usize = 999;

pub(super) struct Call {
    pub(super) state: AppState,
    pub(super) caller: Caller,
    pub(super) method: Method,
    /// The address up to the version: `https://localhost:8443/v1.0`.
    pub(super) base: String,
    /// The path behind the version, decoded.
    pub(super) segments: Vec<String>,
    pub(super) query: Query,
    pub(super) body: Bytes,
}

/// The options of a query.
pub(super) struct Query {
    pub(super) filter: Option<Filter>,
    /// The properties that are wanted; all if none is named.
    pub(super) select: Vec<String>,
    pub(super) expand: String,
    pub(super) top: usize,
    /// Where the last page ended.
    pub(super) after: Option<String>,
    /// Everything but the place, for the next page.
    pub(super) rest: Vec<(String, String)>,
    pub(super) count: bool,
}

impl Call {
    pub(super) fn new(
        state: AppState,
        caller: Caller,
        parts: &Parts,
        body: Bytes,
    ) -> Result<Self, Fault> {
        let path = parts.uri.path();
        let start = if path.starts_with("/graph/") { "/graph/".len() } else { 1 };
        let (version, rest) =
            path.get(start..).unwrap_or_default().split_once('/').unwrap_or_default();
        let prefix = path.get(..start).unwrap_or_default();
        let base = format!("{}{prefix}{version}", Origin::of(parts));
        let decoded = rest
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| percent_decode_str(segment).decode_utf8().map(|text| keyed(&text)));
        let segments = decoded.collect::<Result<Vec<_>, _>>();
        let segments = segments.map_err(|_| Fault::bad_request("The path is not in UTF-8."))?;
        Ok(Self {
            state,
            caller,
            method: parts.method.clone(),
            base,
            segments: segments.into_iter().flatten().collect(),
            query: Query::parse(parts.uri.query().unwrap_or_default())?,
            body,
        })
    }

    /// Looks at the world.
    pub(super) async fn read<T>(
        &self,
        look: impl FnOnce(&World, Timestamp) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.state.store.read(look).await?
    }

    /// Reads the body as JSON.
    pub(super) fn json(&self) -> Result<Value, Fault> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Fault::bad_request(format!("The body is no JSON: {error}.")))
    }

    /// Says that a path or a method of it is not there.
    pub(super) fn unknown(&self) -> Fault {
        let path = self.segments.join("/");
        let message = format!("Resource not found for {} '{path}'.", self.method);
        Fault::bad_request(message)
    }

    /// Answers one object.
    pub(super) fn entity(&self, set: &str, mut object: Value) -> Response {
        self.query.narrow(&mut object);
        self.whole(set, object)
    }

    /// Answers one object that was made.
    pub(super) fn created(&self, set: &str, object: Value) -> Response {
        let mut response = self.whole(set, object);
        *response.status_mut() = StatusCode::CREATED;
        response
    }

    fn whole(&self, set: &str, mut object: Value) -> Response {
        if let Some(members) = object.as_object_mut() {
            let context = format!("{}/$metadata#{set}/$entity", self.base);
            members.shift_insert(0, "@odata.context".to_owned(), context.into());
        }
        axum::Json(object).into_response()
    }
}

/// Takes a key in parentheses apart: `users('x')` is `users`, `x`; a function stays whole.
fn keyed(segment: &str) -> Vec<String> {
    let inner =
        segment.split_once('(').and_then(|(set, rest)| Some((set, rest.strip_suffix(')')?)));
    let Some((set, key)) = inner else { return vec![segment.to_owned()] };
    let quoted = |text: &str| {
        text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).map(str::to_owned)
    };
    match (quoted(key), key.split_once('=')) {
        (Some(key), _) => vec![set.to_owned(), key],
        (None, Some((name, value))) if name.eq_ignore_ascii_case("appId") => {
            vec![set.to_owned(), quoted(value).unwrap_or_else(|| value.to_owned())]
        }
        _ => vec![segment.to_owned()],
    }
}

impl Query {
    fn parse(query: &str) -> Result<Self, Fault> {
        let mut options = Self {
            filter: None,
            select: Vec::new(),
            expand: String::new(),
            top: PAGE,
            after: None,
            rest: Vec::new(),
            count: false,
        };
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match name.trim_start_matches('$').to_ascii_lowercase().as_str() {
                "filter" => options.filter = Some(Filter::parse(&value)?),
                "select" => {
                    options.select = value.split(',').map(|one| one.trim().to_owned()).collect();
                }
                "expand" => options.expand = value.to_ascii_lowercase(),
                "count" => options.count = value.eq_ignore_ascii_case("true"),
                "top" => {
                    let top = value.parse().ok().filter(|top| (1..=MAX_PAGE).contains(top));
                    options.top = top.ok_or_else(|| {
                        Fault::bad_request("The value of $top must be from 1 to 999.")
                    })?;
                }
                "skiptoken" => {
                    options.after = Some(value.into_owned());
                    continue;
                }
                "search" | "orderby" | "skip" | "apply" => {
                    let message =
                        format!("The sandbox does not support the query option '{name}'.");
                    return Err(Fault::new(400, "Request_UnsupportedQuery", message));
                }
                _ => {}
            }
            options.rest.push((name.into_owned(), value.into_owned()));
        }
        Ok(options)
    }

    /// Leaves of an object the properties that are wanted.
    pub(super) fn narrow(&self, object: &mut Value) {
        if self.select.is_empty() {
            return;
        }
        if let Some(members) = object.as_object_mut() {
            members.retain(|name, _| {
                name.starts_with('@')
                    || self.select.iter().any(|one| one.eq_ignore_ascii_case(name))
            });
        }
    }

    /// Whether a relation is to be answered within its object.
    pub(super) fn expands(&self, relation: &str) -> bool {
        self.expand.contains(relation)
    }
}
