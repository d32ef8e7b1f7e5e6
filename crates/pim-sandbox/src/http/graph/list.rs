//! Lists: filtered, page by page.

use super::call::Call;
use super::fault::Fault;
use crate::odata::{Filter, Value as FilterValue};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// One page of a list: the items, and where it goes on.
pub(super) struct Page {
    items: Vec<Value>,
    next: Option<String>,
    count: Option<usize>,
}

impl Page {
    /// Takes a page of items that come in the order of their `id`, behind the last page.
    pub(super) fn of(call: &Call, items: impl Iterator<Item = Value>) -> Result<Self, Fault> {
        let query = &call.query;
        let mut page = Page { items: Vec::new(), next: None, count: query.count.then_some(0) };
        let mut last = None;
        for item in items {
            if !query.filter.as_ref().is_none_or(|filter| matches(filter, &item)) {
                continue;
            }
            if let Some(count) = &mut page.count {
                *count += 1;
            }
            let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
            if query.after.as_deref().is_some_and(|after| id <= after) {
                continue;
            }
            if page.items.len() < query.top {
                last = Some(id.to_owned());
                page.items.push(item);
                continue;
            }
            page.next.clone_from(&last);
            if page.count.is_none() {
                break;
            }
        }
        for item in &mut page.items {
            query.narrow(item);
        }
        Ok(page)
    }

    /// Answers it as a list of a set.
    pub(super) fn answer(self, call: &Call, set: &str) -> Response {
        let mut body = Map::new();
        body.insert("@odata.context".to_owned(), format!("{}/$metadata#{set}", call.base).into());
        if let Some(count) = self.count {
            body.insert("@odata.count".to_owned(), count.into());
        }
        if let Some(next) = self.next {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(&call.query.rest).append_pair("$skiptoken", &next);
            let path = call.segments.join("/");
            let link = format!("{}/{path}?{}", call.base, query.finish());
            body.insert("@odata.nextLink".to_owned(), link.into());
        }
        body.insert("value".to_owned(), json!(self.items));
        axum::Json(Value::Object(body)).into_response()
    }
}

/// Whether an object fulfils a filter. Functions of Azure Resource Manager have no meaning here and
/// hold for nothing.
fn matches(filter: &Filter, item: &Value) -> bool {
    let property = |path: &str| {
        let found = path.split('/').try_fold(item, |value, step| {
            let members = value.as_object()?;
            members.iter().find(|(name, _)| name.eq_ignore_ascii_case(step)).map(|(_, value)| value)
        });
        found.and_then(FilterValue::of_json)
    };
    filter.matches(&property, &|_| false)
}
