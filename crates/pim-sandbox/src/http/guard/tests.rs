use super::*;
use axum::routing::any;
use tower::ServiceExt;

fn guarded_echo() -> Router {
    let listen = Listen {
        hosts: vec!["sandbox.example.com".to_owned()],
        origins: vec!["http://localhost:8080".to_owned()],
        ..Listen::loopback()
    };
    let echo = |body: axum::body::Bytes| async move { body.len().to_string() };
    let fails = || async { panic!("on purpose") as String };
    let router = Router::new().route("/panic", any(fails)).fallback(echo);
    guarded(router, &listen)
}

async fn send(request: axum::http::request::Builder, body: impl Into<Body>) -> Response {
    guarded_echo().oneshot(request.body(body.into()).unwrap()).await.unwrap()
}

fn to(host: &str) -> axum::http::request::Builder {
    axum::http::Request::builder().uri("/x").header(HOST, host)
}

#[tokio::test]
async fn answers_its_own_names_only() {
    for host in ["localhost", "LOCALHOST:8443", "127.0.0.1:1", "[::1]:8443", "sandbox.example.com"]
    {
        assert_eq!(send(to(host), "").await.status(), StatusCode::OK, "{host}");
    }
    for host in
        ["evil.example.com", "localhost.evil.example.com:80", "", "127.0.0.1.evil.com", "x:y"]
    {
        assert_eq!(send(to(host), "").await.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    let twice = to("localhost").header(HOST, "evil.example.com");
    assert_eq!(send(twice, "").await.status(), StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn reads_json_only() {
    let post = |kind: &str| to("localhost").method("POST").header(CONTENT_TYPE, kind);
    let json = post("application/json; charset=utf-8").header(header::CONTENT_LENGTH, 2);
    assert_eq!(send(json, "{}").await.status(), StatusCode::OK);
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
        let request = post(kind).header(header::CONTENT_LENGTH, 2);
        assert_eq!(
            send(request, "{}").await.status(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{kind}"
        );
    }
    let empty = to("localhost").method("POST");
    assert_eq!(send(empty, "").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn bounds_bodies_and_paths() {
    let large = || "x".repeat(MAX_BODY_BYTES + 1);
    let request = to("localhost").method("POST").header(CONTENT_TYPE, "application/json");
    assert_eq!(send(request, large()).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let long = format!("/{}", "x".repeat(MAX_TARGET_BYTES));
    let request = to("localhost").uri(long);
    assert_eq!(send(request, "").await.status(), StatusCode::URI_TOO_LONG);
    let request = to("localhost").uri("/a/%2e%2e/b");
    assert_eq!(send(request, "").await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn lets_the_editor_call_and_no_other_page() {
    let preflight = |origin: &str| {
        to("localhost")
            .method("OPTIONS")
            .header(header::ORIGIN, origin)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
            .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization,content-type")
    };
    let allowed =
        |response: &Response| response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN).cloned();
    let response = send(preflight("http://localhost:8080"), "").await;
    assert_eq!(allowed(&response).unwrap(), "http://localhost:8080");
    assert!(!response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_CREDENTIALS));
    for origin in ["http://localhost:8081", "https://localhost:8080", "http://evil.com", "null"] {
        assert_eq!(allowed(&send(preflight(origin), "").await), None, "{origin}");
    }
}

#[tokio::test]
async fn survives_a_handler_that_fails() {
    let response = send(to("localhost").uri("/panic"), "").await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let body = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
    assert!(!String::from_utf8_lossy(&body).contains("on purpose"));
}

#[tokio::test]
async fn answers_carry_security_headers() {
    for host in ["localhost", "evil.example.com"] {
        let response = send(to(host), "").await;
        let headers = response.headers();
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(headers[header::X_FRAME_OPTIONS], "DENY");
        assert!(headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("'none'"));
        assert!(headers[header::CACHE_CONTROL].to_str().unwrap().contains("no-store"));
        assert!(headers[REQUEST_ID].to_str().unwrap().parse::<Uuid>().is_ok());
    }
}
