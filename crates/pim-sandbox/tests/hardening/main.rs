//! What clients can do to a server, tried on a real one.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a miss fails the test")]

mod server;

use pim_sandbox::Limits;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use serde_json::{Value, json};
use server::{PATIENCE, Server, rest, status};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-0000-0000-000000000000";
const HEALTH: &[u8] = b"GET /sandbox HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

fn hasty() -> Limits {
    let short = Duration::from_millis(300);
    Limits { head_time: short, request_time: short, ..Limits::default() }
}

fn assert_well(server: &Server) {
    assert_eq!(status(&server.exchange(HEALTH)), 200);
}

#[test]
fn slow_heads_are_given_up() {
    let server = Server::start(hasty());
    for begun in ["", "GET", "GET / HTTP/1.1\r\nHost: loc", "GET / HTTP/1.1\r\nHost: localhost\r\n"]
    {
        let answer = server.exchange(begun);
        assert!(matches!(status(&answer), 0 | 408), "{begun:?}: {answer}");
    }
    // One byte now and then does not help: the time is that of the whole head.
    let mut stream = server.connect();
    for byte in b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    {
        std::thread::sleep(Duration::from_millis(20));
        if stream.write_all(&[*byte]).is_err() {
            break;
        }
    }
    assert!(matches!(status(&rest(&mut stream)), 0 | 408));
    assert_well(&server);
}

#[test]
fn slow_bodies_are_given_up() {
    let server = Server::start(hasty());
    let token = server.token("admin");
    let head = format!(
        "PUT {SUBSCRIPTION}/resourcegroups/x?api-version=2021-04-01 HTTP/1.1\r\nHost: localhost\r\n\
         Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
    );
    for framing in ["Content-Length: 100\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"]
    {
        let answer = server.exchange(format!("{head}{framing}"));
        assert_eq!(status(&answer), 408, "{answer}");
    }
    assert_well(&server);
}

#[test]
fn a_handshake_that_does_not_come_is_given_up() {
    let server = Server::start(hasty());
    let mut stream = TcpStream::connect(server.https).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    assert_eq!(rest(&mut stream), "");
    let mut stream = TcpStream::connect(server.https).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(HEALTH).unwrap();
    assert_ne!(status(&rest(&mut stream)), 200, "no HTTP on the port of HTTPS");
    assert_well(&server);
}

#[test]
fn one_connection_too_many_waits_for_its_turn() {
    let limits = Limits { connections: 3, ..Limits::default() };
    let server = Server::start(limits);
    let held: Vec<TcpStream> = (0..3).map(|_| server.connect()).collect();
    let mut waiting = server.connect();
    waiting.write_all(HEALTH).unwrap();
    waiting.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let mut byte = [0];
    // Those that hold a place may not be accepted yet, so an answer now is no fault; none is usual.
    let early = waiting.read(&mut byte).is_ok_and(|count| count == 1);
    drop(held);
    waiting.set_read_timeout(Some(PATIENCE)).unwrap();
    let answer = rest(&mut waiting);
    assert!(answer.contains("200 OK"), "early: {early}, {answer}");
}

#[test]
fn large_heads_are_refused() {
    let server = Server::start(Limits::default());
    let target = format!(
        "GET /{} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "a".repeat(20_000)
    );
    assert_eq!(status(&server.exchange(target)), 414);
    let huge = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(200_000));
    assert!(matches!(status(&server.exchange(huge)), 414 | 431));
    let many: String = (0..1000).map(|one| format!("x-{one}: 1\r\n")).collect();
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n");
    assert_eq!(status(&server.exchange(many)), 431);
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nx: {}\r\n\r\n", "a".repeat(200_000));
    assert_eq!(status(&server.exchange(long)), 431);
    assert_well(&server);
}

#[test]
fn what_is_no_request_is_refused() {
    let server = Server::start(hasty());
    let requests: &[&[u8]] = &[
        b"\0\0\0\0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET  / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"GET /\0 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET http://evil.example.com/sandbox HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n",
    ];
    for request in requests {
        let answer = server.exchange(request);
        let status = status(&answer);
        assert!(status == 0 || (400..500).contains(&status), "{request:?}: {answer}");
    }
    assert_well(&server);
}

#[test]
fn tricks_with_paths_lead_nowhere() {
    let server = Server::start(Limits::default());
    let token = server.token("admin");
    let tricks = [
        "/../../etc/passwd",
        "/subscriptions/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/subscriptions/%00",
        "/sandbox/snapshots/..%5c..%5cx",
        "/sandbox/snapshots/%2e%2e%2fsigning-key.pem",
        "/..;/sandbox",
        "/subscriptions/\u{202e}",
        "/%ff%fe",
        "/%",
    ];
    for path in tricks {
        let (status, body) = server.send("GET", path, &token, b"");
        assert!((400..500).contains(&status), "{path}: {status} {body}");
    }
    // A doubled slash is one slash.
    let doubled = format!("/{SUBSCRIPTION}//?api-version=2022-12-01");
    assert_eq!(server.send("GET", &doubled, &token, b"").0, 200);
}

/// Bodies that are too much, too deep, or of another kind.
#[test]
fn bodies_are_bounded() {
    let server = Server::start(Limits::default());
    let token = server.token("admin");
    let path = format!("{SUBSCRIPTION}/resourcegroups/x?api-version=2021-04-01");
    let put = |body: &[u8]| server.send("PUT", &path, &token, body);
    let deep = "[".repeat(500_000);
    assert_eq!(put(deep.as_bytes()).0, 400);
    let deep = format!("{}{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    assert_eq!(put(deep.as_bytes()).0, 400);
    let huge = format!("{{\"location\":\"{}\"}}", "x".repeat(2 << 20));
    assert!(matches!(put(huge.as_bytes()).0, 413 | 0));
    for body in ["", "null", "[]", "{\"location\": 5}", "{", "\u{feff}{}", "nul\0l"] {
        assert_eq!(put(body.as_bytes()).0, 400, "{body:?}");
    }
    assert_eq!(put(b"\xff\xfe{}").0, 400);
    assert_well(&server);
}

/// SQL in every place that a client can write into; it comes back as it was sent, or is refused.
#[test]
fn sql_is_only_text() {
    let server = Server::start(Limits::default());
    let token = server.token("admin");
    let sql = "x'); DROP TABLE records; --";
    let authorization = format!("{SUBSCRIPTION}/providers/Microsoft.Authorization");
    let role = format!("{authorization}/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7");
    let request = json!({ "properties": {
        "principalId": "a0000000-0000-4000-8000-000000000003",
        "roleDefinitionId": role,
        "requestType": "AdminAssign",
        "justification": sql,
        "ticketInfo": { "ticketNumber": sql, "ticketSystem": sql },
        "scheduleInfo": { "expiration": { "type": "AfterDuration", "duration": "P30D" } },
    }});
    let name = "c0000000-0000-4000-8000-000000000001";
    let path = format!("{authorization}/roleEligibilityScheduleRequests/{name}");
    let path = format!("{path}?api-version=2020-10-01");
    let (status, body) = server.send("PUT", &path, &token, request.to_string().as_bytes());
    assert_eq!(status, 201, "{body}");
    let (_, body) = server.send("GET", &path, &token, b"");
    let kept: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(kept["properties"]["justification"], sql);
    assert_eq!(kept["properties"]["ticketInfo"]["ticketNumber"], sql);

    // In every text of the request, of the query and of the path.
    let quoted = "x%27);%20DROP%20TABLE%20records;--";
    for field in ["principalId", "roleDefinitionId", "requestType", "condition"] {
        let mut changed = request.clone();
        changed["properties"][field] = sql.into();
        let name = "c0000000-0000-4000-8000-000000000002";
        let path = path.replace("c0000000-0000-4000-8000-000000000001", name);
        let (status, body) = server.send("PUT", &path, &token, changed.to_string().as_bytes());
        assert_eq!(status, 400, "{field}: {body}");
    }
    for target in [
        format!("{authorization}/roleEligibilityScheduleRequests/{quoted}?api-version=2020-10-01"),
        format!("{authorization}/roleAssignments?api-version=2022-04-01&$filter={quoted}"),
        format!("{authorization}/roleAssignments?api-version={quoted}"),
        format!("{authorization}/roleAssignments?api-version=2022-04-01&$skiptoken={quoted}"),
        format!("/subscriptions/{quoted}?api-version=2022-12-01"),
        format!("{SUBSCRIPTION}/resourcegroups/{quoted}?api-version=2021-04-01"),
        format!("/sandbox/snapshots/{quoted}"),
    ] {
        let (status, body) = server.send("GET", &target, &token, b"");
        assert!((400..500).contains(&status), "{target}: {status} {body}");
    }
    let (status, body) = server.send("GET", &path, &token, b"");
    assert_eq!(status, 200, "everything is still there: {body}");
}

#[test]
fn filters_are_bounded() {
    let server = Server::start(Limits::default());
    let token = server.token("admin");
    let list = format!("{SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments");
    let deep = format!("{}atScope(){}", "(".repeat(100), ")".repeat(100));
    let long = "atScope()%20and%20".repeat(500);
    for filter in [deep.as_str(), long.as_str(), "not%20".repeat(100).as_str()] {
        let target = format!("{list}?api-version=2022-04-01&$filter={filter}");
        let (status, body) = server.send("GET", &target, &token, b"");
        assert_eq!(status, 400, "{body}");
        assert!(body.contains("InvalidFilter"), "{body}");
    }
}

/// Every call is refused without a token, and with one that is not of this sandbox.
#[test]
fn tokens_are_needed_everywhere() {
    let server = Server::start(Limits::default());
    let foreign = Server::start(Limits::default()).token("admin");
    let own = server.token("admin");
    let cut = own.rsplit_once('.').unwrap().0;
    let authorization = format!("{SUBSCRIPTION}/providers/Microsoft.Authorization");
    let targets = [
        format!("{authorization}/roleAssignments?api-version=2022-04-01"),
        format!("{authorization}/roleManagementPolicies?api-version=2020-10-01"),
        format!("{SUBSCRIPTION}/resourcegroups?api-version=2021-04-01"),
        "/v1.0/users".to_owned(),
        "/beta/me".to_owned(),
        "/graph/v1.0/users".to_owned(),
    ];
    for target in &targets {
        for token in ["", &foreign, cut, "x", &format!("{own}x")] {
            let (status, body) = server.send("GET", target, token, b"");
            assert_eq!(status, 401, "{target}: {body}");
            assert!(token.len() < 10 || !body.contains(token), "the token is quoted");
        }
    }
}

/// Scopes that the caller has nothing at are refused, whatever is asked of them.
#[test]
fn foreign_scopes_are_refused() {
    let server = Server::start(Limits::default());
    let token = server.token("developer");
    let authorization = format!("{SUBSCRIPTION}/providers/Microsoft.Authorization");
    let name = "c0000000-0000-4000-8000-000000000009";
    let body = json!({ "properties": {
        "principalId": "a0000000-0000-4000-8000-000000000003",
        "roleDefinitionId":
            format!("{authorization}/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"),
    }});
    let body = body.to_string();
    let calls = [
        ("GET", format!("{SUBSCRIPTION}?api-version=2022-12-01"), ""),
        ("GET", format!("{SUBSCRIPTION}/resourcegroups/rg-app?api-version=2021-04-01"), ""),
        (
            "PUT",
            format!("{SUBSCRIPTION}/resourcegroups/x?api-version=2021-04-01"),
            r#"{"location":"x"}"#,
        ),
        ("PUT", format!("{authorization}/roleAssignments/{name}?api-version=2022-04-01"), &body),
        ("GET", format!("{authorization}/roleManagementAlerts?api-version=2022-08-01-preview"), ""),
        (
            "POST",
            format!("{authorization}/roleManagementAlerts/refresh?api-version=2022-08-01-preview"),
            "",
        ),
    ];
    for (method, target, body) in calls {
        let (status, body) = server.send(method, &target, &token, body.as_bytes());
        assert_eq!(status, 403, "{method} {target}: {body}");
    }
}

fn tls(server: &Server, name: &str, roots: rustls::RootCertStore) -> std::io::Result<String> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let mut connection = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
    let mut socket = TcpStream::connect(server.https)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    let mut stream = rustls::Stream::new(&mut connection, &mut socket);
    stream.write_all(HEALTH)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[test]
fn its_certificate_holds_for_this_computer_and_whoever_trusts_it() {
    let server = Server::start(Limits::default());
    let trusting = || {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(server.authority.as_bytes()).unwrap()).unwrap();
        roots
    };
    for name in ["localhost", "127.0.0.1", "::1"] {
        assert_eq!(status(&tls(&server, name, trusting()).unwrap()), 200, "{name}");
    }
    let error = tls(&server, "example.com", trusting()).unwrap_err().to_string();
    assert!(error.contains("not valid for name"), "{error}");
    assert!(tls(&server, "localhost", rustls::RootCertStore::empty()).is_err());
    let (status, body) = server.send("GET", "/sandbox/certificate", "", b"");
    assert_eq!((status, body.as_str()), (200, server.authority.as_str()));
}
