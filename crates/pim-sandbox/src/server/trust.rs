//! The authority of the certificate, for clients that are to trust it.

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;

/// Answers `/sandbox/certificate`. It is public: whoever connects is shown the certificate anyway.
pub(super) fn routes(authority: String) -> Router {
    let answer = || async move { ([(CONTENT_TYPE, "application/x-pem-file")], authority) };
    Router::new().route("/sandbox/certificate", get(answer))
}
