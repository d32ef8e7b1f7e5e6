//! The page for people: who can call, what to try, what was decided.

mod story;

use super::{AppState, Origin};
use crate::engine::{Outcome, ServiceError};
use crate::store::{EventFilter, LoggedEvent};
use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use std::fmt::Write as _;

/// How many events are shown.
const EVENTS: usize = 50;

const STYLE: &str = include_str!("page/style.css");

/// Nothing from elsewhere, no script, no frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// Returns what it answers, the page at a path.
pub(crate) fn routes(path: &str) -> Router<AppState> {
    Router::new().route(path, get(answer)).route("/page.css", get(style))
}

async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "max-age=600")], STYLE)
        .into_response()
}

async fn answer(State(state): State<AppState>, origin: Origin) -> Result<Response, ServiceError> {
    let filter = EventFilter { forward: false, from: None, outcome: None, most: EVENTS };
    let events = state.store.control(move |writer| writer.events(filter)).await?;
    let (callers, scopes, now) = state
        .store
        .read(|world, now| {
            let callers: Vec<[String; 3]> = world
                .principals()
                .map(|one| [one.name.clone(), one.display_name.clone(), one.kind.to_string()])
                .collect();
            let scopes: Vec<[String; 2]> =
                world.containers().map(|one| [one.display_name.clone(), one.id.clone()]).collect();
            (callers, scopes, now)
        })
        .await?;
    let mut page = String::with_capacity(32 * 1024);
    page.push_str(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>grantif sandbox</title><link rel=\"stylesheet\" href=\"/page.css\"></head><body>",
    );
    _ = write!(
        page,
        "<header><h1>grantif <span>sandbox</span></h1>\
         <p>Answers as Azure’s Privileged Identity Management does, and enforces policies and \
         conditions. It is <time>{}</time> here.</p></header><main>",
        now.strftime("%Y-%m-%d %H:%M:%S UTC")
    );
    page.push_str(
        "<section aria-labelledby=\"try\"><h2 id=\"try\">Try it</h2><ol class=\"story\">",
    );
    for (title, text, command) in story::steps(origin.as_str()) {
        _ = write!(
            page,
            "<li><h3>{}</h3><p>{}</p><pre tabindex=\"0\">{}</pre></li>",
            escape(title),
            escape(text),
            escape(&command)
        );
    }
    page.push_str("</ol></section>");
    decisions(&mut page, &events);
    table(&mut page, "callers", "Who there is", &["Name", "Shown as", "Type"], &callers);
    table(&mut page, "scopes", "Scopes", &["Shown as", "Id"], &scopes);
    page.push_str(
        "<section aria-labelledby=\"controls\"><h2 id=\"controls\">Controls</h2><ul>\
         <li><a href=\"/sandbox\">/sandbox</a> what there is</li>\
         <li><a href=\"/sandbox/events\">/sandbox/events</a> every decision with its reason</li>\
         <li><a href=\"/sandbox/clock\">/sandbox/clock</a> the time</li>\
         <li><a href=\"/sandbox/snapshots\">/sandbox/snapshots</a> saved worlds</li>\
         <li><a href=\"/sandbox/seed\">/sandbox/seed</a> worlds to start from</li>\
         <li><a href=\"/sandbox/directory\">/sandbox/directory</a> people and scopes</li>\
         </ul></section></main></body></html>",
    );
    let headers = [(CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-store")];
    Ok((headers, Html(page)).into_response())
}

fn decisions(page: &mut String, events: &[LoggedEvent]) {
    page.push_str(
        "<section aria-labelledby=\"decisions\"><h2 id=\"decisions\">Decisions</h2>\
         <p>The newest first; reload to see more.</p><ol class=\"decisions\">",
    );
    for LoggedEvent { event, .. } in events {
        let word = match event.outcome {
            Outcome::Allowed => "allowed",
            Outcome::Denied => "denied",
            Outcome::Elapsed => "time",
            Outcome::Controlled => "sandbox",
        };
        _ = write!(
            page,
            "<li class=\"{word}\"><span class=\"outcome\">{word}</span> <time>{}</time> <span class=\"what\">{}</span>",
            event.time.strftime("%H:%M:%S"),
            escape(&event.summary)
        );
        if !event.reason.is_null() {
            let reason = serde_json::to_string_pretty(&event.reason).unwrap_or_default();
            _ = write!(
                page,
                "<details><summary>reason</summary><pre tabindex=\"0\">{}</pre></details>",
                escape(&reason)
            );
        }
        page.push_str("</li>");
    }
    page.push_str("</ol></section>");
}

fn table<const N: usize>(
    page: &mut String,
    id: &str,
    title: &str,
    columns: &[&str],
    rows: &[[String; N]],
) {
    _ = write!(
        page,
        "<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">{title}</h2><div class=\"wide\"><table><thead><tr>"
    );
    for column in columns {
        _ = write!(page, "<th scope=\"col\">{column}</th>");
    }
    page.push_str("</tr></thead><tbody>");
    for row in rows {
        page.push_str("<tr>");
        for cell in row {
            _ = write!(page, "<td>{}</td>", escape(cell));
        }
        page.push_str("</tr>");
    }
    page.push_str("</tbody></table></div></section>");
}

/// Writes text so that it stays text in HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
