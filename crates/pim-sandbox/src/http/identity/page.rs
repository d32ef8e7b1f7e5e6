//! The pages that a person sees while signing in.

use super::people::Person;
use crate::http::page::escape;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

const STYLE: &str = "\
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
body{max-width:26rem;margin:12vh auto;padding:0 1.5rem}\
h1{font-size:1.3rem}\
button{display:block;width:100%;margin:.5rem 0;padding:.7rem 1rem;text-align:left;font:inherit;\
border:1px solid GrayText;border-radius:.4rem;background:Canvas;color:CanvasText;cursor:pointer}\
button:hover,button:focus-visible{border-color:LinkText;outline:2px solid LinkText}\
small{display:block;opacity:.75}\
label{display:block;margin:.8rem 0}\
input[name=code]{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.5rem}";

/// Lets a person choose who signs in. The form goes back to the address it came from.
pub(super) fn choose(
    query: &str,
    client_id: &str,
    contexts: &[String],
    people: &[Person],
) -> Response {
    let mut form = format!(
        "<h1>Sign in to the grantif sandbox</h1>\
         <p>The application <code>{}</code> asks for a token of this sandbox. Nobody is asked for a \
         password.</p><form method=\"post\" action=\"?{}\">\
         <label><input type=\"checkbox\" name=\"mfa\" value=\"true\" checked> with multi-factor \
         authentication</label>",
        escape(client_id),
        escape(query)
    );
    if !contexts.is_empty() {
        form.push_str(&format!(
            "<p>It asks for the authentication context <code>{}</code>, which signing in \
             satisfies.</p>",
            escape(&contexts.join(", "))
        ));
    }
    form.push_str(&buttons(people));
    form.push_str("</form>");
    page(StatusCode::OK, "Sign in", &form, None)
}

/// Lets a person enter the code of a device, and choose who signs in.
pub(super) fn device(people: &[Person]) -> Response {
    let form = format!(
        "<h1>Sign in on a device</h1><form method=\"post\">\
         <label>The code that the device shows<input name=\"code\" required autofocus \
         autocomplete=\"off\"></label>\
         <label><input type=\"checkbox\" name=\"mfa\" value=\"true\" checked> with multi-factor \
         authentication</label>{}</form>",
        buttons(people)
    );
    page(StatusCode::OK, "Sign in", &form, None)
}

/// A button for each who can sign in.
fn buttons(people: &[Person]) -> String {
    if people.is_empty() {
        return "<p>The directory has no user. Add one, or start with a seed.</p>".to_owned();
    }
    let button = |person: &Person| {
        format!(
            "<button name=\"person\" value=\"{}\">{}<small>{}</small></button>",
            person.id,
            escape(&person.name),
            escape(person.user_principal_name.as_deref().unwrap_or_default())
        )
    };
    people.iter().map(button).collect()
}

/// Carries values to another address with a form that sends itself.
pub(super) fn post_on(address: &str, values: &[(&str, &str)], nonce: &str) -> Response {
    let mut form = format!("<form method=\"post\" action=\"{}\">", escape(address));
    for (name, value) in values {
        form.push_str(&format!(
            "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
            escape(name),
            escape(value)
        ));
    }
    form.push_str(&format!(
        "<button>Continue</button></form>\
         <script nonce=\"{nonce}\">document.forms[0].submit()</script>"
    ));
    page(StatusCode::OK, "Signed in", &form, Some(nonce))
}

/// Says something, and nothing else.
pub(super) fn tell(status: StatusCode, title: &str, sentence: &str) -> Response {
    let body = format!("<h1>{}</h1><p>{}</p>", escape(title), escape(sentence));
    page(status, title, &body, None)
}

fn page(status: StatusCode, title: &str, body: &str, nonce: Option<&str>) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <title>{} · grantif sandbox</title><style>{STYLE}</style></head>\
         <body>{body}</body></html>",
        escape(title)
    );
    let script = nonce.map_or("'none'".to_owned(), |nonce| format!("'nonce-{nonce}'"));
    // No form-action: browsers hold it against the redirect that answers the form too.
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src {script}; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let mut response = (status, Html(html)).into_response();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
