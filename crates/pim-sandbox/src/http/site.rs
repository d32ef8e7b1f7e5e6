//! The files of the editor, kept in memory and answered by name.

use super::AppState;
use axum::Router;
use axum::body::Bytes;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// How many files a site has at most, and how large one is, in bytes.
const MOST_FILES: usize = 200;
const MOST_BYTES: u64 = 32 << 20;

/// What scripts that are no page may do: the service worker loads the files of its own site.
const SCRIPTS: &str = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

/// The files of a built editor.
#[derive(Debug, Clone, Default)]
pub struct Site {
    files: Vec<File>,
}

#[derive(Debug, Clone)]
struct File {
    name: String,
    body: Bytes,
    policy: HeaderValue,
}

/// Why a folder holds no site.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// A file cannot be read.
    #[error("{} cannot be read: {error}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is another folder.
    #[error("{} holds no editor: it has no `index.html`", .0.display())]
    NoPage(PathBuf),
    /// There are too many files, or one is too large.
    #[error("{} has more or larger files than an editor has", .0.display())]
    TooLarge(PathBuf),
}

impl Site {
    /// Reads the folder that `cargo xtask web` writes. Folders within it are passed over.
    ///
    /// # Errors
    /// When it cannot be read, or is no such folder.
    pub fn read(folder: &Path) -> Result<Self, SiteError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error| SiteError::Read { path, error }
        };
        let mut files = Vec::new();
        for entry in fs::read_dir(folder).map_err(failed(folder))? {
            let path = entry.map_err(failed(folder))?.path();
            let facts = fs::metadata(&path).map_err(failed(&path))?;
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if !facts.is_file() {
                continue;
            }
            if files.len() >= MOST_FILES || facts.len() > MOST_BYTES {
                return Err(SiteError::TooLarge(folder.to_owned()));
            }
            let body = Bytes::from(fs::read(&path).map_err(failed(&path))?);
            let policy = policy_of(name, &body);
            files.push(File { name: name.to_owned(), body, policy });
        }
        if files.iter().any(|file| file.name == "index.html") {
            Ok(Self { files })
        } else {
            Err(SiteError::NoPage(folder.to_owned()))
        }
    }

    /// Returns what it answers: every file under its name, and the page at the root.
    pub(crate) fn routes(&self) -> Router<AppState> {
        self.files.iter().fold(Router::new(), |router, file| {
            let answer = |file: File| get(move || std::future::ready(file.answer()));
            let router = router.route(&format!("/{}", file.name), answer(file.clone()));
            if file.name == "index.html" { router.route("/", answer(file.clone())) } else { router }
        })
    }
}

impl File {
    fn answer(&self) -> Response {
        let kind = match self.name.rsplit('.').next().unwrap_or_default() {
            "html" => "text/html; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "wasm" => "application/wasm",
            "svg" => "image/svg+xml",
            "webmanifest" => "application/manifest+json",
            _ => "text/plain; charset=utf-8",
        };
        let kept = if is_hashed(&self.name) { "max-age=31536000, immutable" } else { "no-cache" };
        let mut response = ([(CONTENT_TYPE, kind), (CACHE_CONTROL, kept)], self.body.clone())
            .into_response();
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, self.policy.clone());
        response
    }
}

/// Says whether a name changes with its file: `start-3M2HNJOS.js`.
fn is_hashed(name: &str) -> bool {
    let hash = name.split('.').next().and_then(|stem| stem.rsplit_once('-')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() == 8 && hash.bytes().all(|one| one.is_ascii_alphanumeric()))
}

/// Returns the policy of a page as the page itself states it, and that it stands in no frame, which
/// only a header can say.
fn policy_of(name: &str, body: &[u8]) -> HeaderValue {
    let stated = || {
        let text = std::str::from_utf8(body).ok()?;
        let (_, rest) = text.split_once("http-equiv=\"Content-Security-Policy\" content=\"")?;
        let (policy, _) = rest.split_once('"')?;
        HeaderValue::from_str(&format!("{policy}; frame-ancestors 'none'")).ok()
    };
    let page = if name.ends_with(".html") { stated() } else { None };
    page.unwrap_or_else(|| HeaderValue::from_static(SCRIPTS))
}

#[cfg(test)]
mod tests {
    use super::{Site, SiteError, is_hashed, policy_of};
    use std::fs;

    #[test]
    fn a_page_keeps_its_policy_and_stands_in_no_frame() {
        let page = br#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'" />"#;
        assert_eq!(policy_of("index.html", page), "default-src 'none'; frame-ancestors 'none'");
        assert!(policy_of("a.js", page).to_str().unwrap().contains("connect-src 'self'"));
    }

    #[test]
    fn only_names_that_change_are_kept_for_good() {
        assert!(is_hashed("start-3M2HNJOS.js"));
        assert!(!is_hashed("service-worker.js"));
        assert!(!is_hashed("index.html"));
    }

    #[test]
    fn another_folder_is_no_site() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Site::read(folder.path()), Err(SiteError::NoPage(_))));
        fs::write(folder.path().join("index.html"), "<p>").unwrap();
        assert_eq!(Site::read(folder.path()).unwrap().files.len(), 1);
        assert!(matches!(Site::read(&folder.path().join("no")), Err(SiteError::Read { .. })));
    }
}
