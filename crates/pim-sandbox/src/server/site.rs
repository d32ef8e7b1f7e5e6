//! A site for people beside the API: the built editor, served from memory.

use axum::Router;
use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::routing::get;
use std::collections::BTreeMap;
use std::path::Path;

/// The page that is served at `/`.
const INDEX: &str = "index.html";

/// What tells the page that the sandbox is where it comes from.
const MARK: &str = "<meta name=\"grantif-sandbox\" content=\"same-origin\" />";

/// What a page without a policy of its own may do: nothing.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// The files of a site, each served under its name.
#[derive(Clone, Default)]
pub struct Site {
    files: BTreeMap<String, Bytes>,
    /// The policy of its page, which holds for its scripts and workers too.
    policy: String,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Site").field("files", &self.files.keys()).finish_non_exhaustive()
    }
}

/// Why files are no site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SiteError {
    /// There is nothing to show first.
    #[error("it has no `index.html` with a head")]
    NoIndex,
}

impl Site {
    /// Makes a site of its files, by name. Its `index.html` is told that a sandbox serves it.
    ///
    /// # Errors
    /// When there is no `index.html`, or it has no head.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Self, SiteError> {
        let mut files: BTreeMap<String, Bytes> =
            files.into_iter().map(|(name, bytes)| (name, bytes.into())).collect();
        let index = files.get(INDEX).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let (before, behind) =
            index.and_then(|text| text.split_once("<head>")).ok_or(SiteError::NoIndex)?;
        let policy = match policy(behind) {
            Some(policy) => format!("{policy}; frame-ancestors 'none'"),
            None => NOTHING.to_owned(),
        };
        let marked = format!("{before}<head>\n    {MARK}{behind}");
        files.insert(INDEX.to_owned(), marked.into());
        Ok(Self { files, policy })
    }

    /// Returns what answers its files.
    pub(super) fn routes(&self) -> Router {
        let policy =
            HeaderValue::from_str(&self.policy).unwrap_or(HeaderValue::from_static(NOTHING));
        let mut router = Router::new();
        for (name, bytes) in &self.files {
            let headers = [
                (CONTENT_TYPE, HeaderValue::from_static(kind(name))),
                (CACHE_CONTROL, HeaderValue::from_static(keeping(name))),
                (CONTENT_SECURITY_POLICY, policy.clone()),
            ];
            let path = if name == INDEX { String::new() } else { name.clone() };
            let answer = file(headers, bytes.clone());
            router = router.route(&format!("/{path}"), answer.clone());
            if name == INDEX {
                router = router.route("/index.html", answer);
            }
        }
        router
    }
}

fn file(headers: [(HeaderName, HeaderValue); 3], bytes: Bytes) -> axum::routing::MethodRouter {
    get(move || async move { (headers, bytes) })
}

/// Returns the policy that a page states in its head.
fn policy(page: &str) -> Option<&str> {
    let (_, behind) = page.split_once("http-equiv=\"Content-Security-Policy\" content=\"")?;
    behind.split_once('"').map(|(policy, _)| policy)
}

fn kind(name: &str) -> &'static str {
    match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest" | "json") => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}

/// Says how long a file is kept: one with a hash in its name never changes.
fn keeping(name: &str) -> &'static str {
    let stem = name.split('.').next().unwrap_or_default();
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    let is_hash = hash.len() == 8
        && hash.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if is_hash { "public, max-age=31536000, immutable" } else { "no-cache" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><html><head><meta http-equiv=\"Content-Security-Policy\" \
                        content=\"default-src 'self'\" /></head></html>";

    #[test]
    fn the_page_is_marked_and_its_policy_becomes_a_header() {
        let site = Site::new([(INDEX.to_owned(), PAGE.into())]).unwrap();
        assert_eq!(site.policy, "default-src 'self'; frame-ancestors 'none'");
        let page = String::from_utf8(site.files[INDEX].to_vec()).unwrap();
        assert!(page.contains(MARK) && page.contains("default-src 'self'"));
        let bare = Site::new([(INDEX.to_owned(), "<head></head>".into())]).unwrap();
        assert_eq!(bare.policy, NOTHING);
        assert_eq!(Site::new([]).unwrap_err(), SiteError::NoIndex);
        assert_eq!(Site::new([(INDEX.to_owned(), "x".into())]).unwrap_err(), SiteError::NoIndex);
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_long() {
        assert!(keeping("start-BOPKTXAW.js").contains("immutable"));
        for name in ["index.html", "service-worker.js", "signed-in.html", "icon.svg", ""] {
            assert_eq!(keeping(name), "no-cache", "{name}");
        }
    }
}
