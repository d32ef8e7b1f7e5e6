//! The provider of OpenID Connect, as clients use it.

use super::client::{Client, SUBSCRIPTION};
use serde_json::json;
use url::Url;

const CLIENT: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const DELEGATE: &str = "a0000000-0000-4000-8000-000000000002";
const PIPELINE: &str = "a0000000-0000-4000-8000-0000000000a6";

async fn tenant(client: &Client) -> String {
    client.get("/sandbox").await.expect(200)["tenant"].as_str().unwrap().to_owned()
}

/// The address of `/authorize` with some parameters changed; an empty value takes one away.
fn authorize(tenant: &str, changes: &[(&str, &str)]) -> String {
    let mut pairs = vec![
        ("client_id", CLIENT),
        ("response_type", "code"),
        ("redirect_uri", "http://localhost:5000/callback"),
        ("scope", "https://management.azure.com/.default openid profile offline_access"),
        ("state", "a b&c"),
        ("nonce", "n-1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changes {
        pairs.retain(|(known, _)| known != name);
        if !value.is_empty() {
            pairs.push((name, value));
        }
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    format!("/{tenant}/oauth2/v2.0/authorize?{}", query.extend_pairs(pairs).finish())
}

/// Lets the delegate sign in, and returns what the redirect carries.
async fn redirect(client: &Client, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let path = authorize(&tenant(client).await, changes);
    let answer = client.form(&path, &[("person", DELEGATE), ("mfa", "true")]).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let url = Url::parse(answer.headers["location"].to_str().unwrap()).unwrap();
    assert!(url.as_str().starts_with("http://localhost:5000/callback?"), "{url}");
    url.query_pairs().into_owned().collect()
}

fn value(pairs: &[(String, String)], name: &str) -> String {
    pairs
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.clone())
        .unwrap_or_default()
}

fn token_form(code: &str) -> Vec<(&str, &str)> {
    vec![
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT),
        ("code", code),
        ("redirect_uri", "http://localhost:5000/callback"),
        ("code_verifier", VERIFIER),
    ]
}

#[tokio::test]
async fn says_where_everything_is() {
    let client = Client::new().await;
    let tenant = tenant(&client).await;
    for name in [tenant.as_str(), "organizations", "common"] {
        let path = format!("/{name}/v2.0/.well-known/openid-configuration");
        let found = client.get(&path).await.expect(200);
        let token = format!("http://localhost/{name}/oauth2/v2.0/token");
        assert_eq!(found["token_endpoint"], token.as_str());
        let keys = found["jwks_uri"].as_str().unwrap().replace("http://localhost", "");
        assert_eq!(client.get(&keys).await.expect(200)["keys"][0]["crv"], "P-256");
    }
    let other = "/00000000-0000-0000-0000-00000000abcd/v2.0/.well-known/openid-configuration";
    assert_eq!(client.get(other).await.expect(400)["error_codes"], json!([90002]));
    let instance = client.get("/common/discovery/instance?api-version=1.1").await.expect(200);
    assert_eq!(instance["metadata"][0]["preferred_network"], "localhost");
}

#[tokio::test]
async fn shows_a_page_that_cannot_be_written_into() {
    let client = Client::new().await;
    let path = authorize(&tenant(&client).await, &[("state", "\"><script>alert(1)</script>")]);
    let page = client.get(&path).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Dana Delegate") && page.text.contains(DELEGATE));
    assert!(!page.text.contains("<script"), "{}", page.text);
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'none'"), "{policy}");
}

#[tokio::test]
async fn a_code_becomes_tokens_once() {
    let client = Client::new().await;
    let carried = redirect(&client, &[]).await;
    assert_eq!(value(&carried, "state"), "a b&c");
    let code = value(&carried, "code");
    let path = format!("/{}/oauth2/v2.0/token", tenant(&client).await);
    let tokens = client.form(&path, &token_form(&code)).await.expect(200);
    for name in ["access_token", "id_token", "refresh_token", "client_info"] {
        assert!(tokens[name].is_string(), "{name}");
    }
    let again = client.form(&path, &token_form(&code)).await;
    assert_eq!((again.status.as_u16(), again.code().as_str()), (400, "invalid_grant"));

    let refresh = tokens["refresh_token"].as_str().unwrap();
    let form = [("grant_type", "refresh_token"), ("client_id", CLIENT), ("refresh_token", refresh)];
    let renewed = client.form(&path, &form).await.expect(200);
    assert!(renewed["access_token"].is_string());
    assert_eq!(client.form(&path, &form).await.code(), "invalid_grant", "it is used up");
}

#[tokio::test]
async fn a_code_is_of_no_use_to_another() {
    let client = Client::new().await;
    let path = format!("/{}/oauth2/v2.0/token", tenant(&client).await);
    let wrong = [
        ("code_verifier", "another-verifier-of-more-than-forty-three-characters"),
        ("redirect_uri", "http://localhost:5001/callback"),
        ("client_id", "00000000-0000-0000-0000-000000000001"),
    ];
    for (name, changed) in wrong {
        let code = value(&redirect(&client, &[]).await, "code");
        let mut form = token_form(&code);
        form.retain(|(known, _)| *known != name);
        form.push((name, changed));
        assert_eq!(client.form(&path, &form).await.code(), "invalid_grant", "{name}");
    }
}

#[tokio::test]
async fn codes_go_to_this_computer_alone() {
    let client = Client::new().await;
    let tenant = tenant(&client).await;
    for address in
        ["https://evil.example.com/", "http://localhost@evil.example.com", "javascript:0"]
    {
        let path = authorize(&tenant, &[("redirect_uri", address)]);
        for answer in [client.get(&path).await, client.form(&path, &[("person", DELEGATE)]).await] {
            assert_eq!(answer.status, 400, "{address}");
            assert!(!answer.headers.contains_key("location"), "{address}");
        }
    }
}

#[tokio::test]
async fn refusals_go_back_to_the_client() {
    let client = Client::new().await;
    let cases = [
        ("code_challenge", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("response_type", "token", "unsupported_response_type"),
        ("scope", "https://vault.azure.net/.default", "invalid_resource"),
        ("client_id", "me", "unauthorized_client"),
    ];
    for (name, changed, error) in cases {
        let carried = redirect(&client, &[(name, changed)]).await;
        assert_eq!(value(&carried, "error"), error, "{name}");
        assert_eq!(value(&carried, "state"), "a b&c", "{name}");
        assert_eq!(value(&carried, "code"), "", "{name}");
    }
}

#[tokio::test]
async fn a_form_of_another_site_signs_nobody_in() {
    let client = Client::new().await;
    let path = authorize(&tenant(&client).await, &[]);
    for (header, value) in
        [("origin", "https://evil.example.com"), ("sec-fetch-site", "cross-site")]
    {
        let request = axum::http::Request::builder().method("POST").uri(path.as_str());
        let request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .header(header, value);
        let answer = client.request(request, format!("person={DELEGATE}").into()).await;
        assert_eq!(answer.status, 403, "{header}");
    }
}

#[tokio::test]
async fn an_application_signs_in_with_its_secret() {
    let client = Client::new().await;
    let path = format!("/{}/oauth2/v2.0/token", tenant(&client).await);
    let secret = client.post("/sandbox/secret", json!({ "of": "pipeline" })).await.expect(200);
    let secret = secret["clientSecret"].as_str().unwrap();
    let form = |secret| {
        [
            ("grant_type", "client_credentials"),
            ("client_id", PIPELINE),
            ("client_secret", secret),
            ("scope", "https://management.azure.com/.default"),
        ]
    };
    let tokens = client.form(&path, &form(secret)).await.expect(200);
    assert!(tokens["refresh_token"].is_null() && tokens["id_token"].is_null());
    let wrong = client.form(&path, &form("wrong")).await;
    assert_eq!((wrong.status.as_u16(), wrong.code().as_str()), (401, "invalid_client"));
    let nobody = client.post("/sandbox/secret", json!({ "of": "delegate" })).await;
    assert_eq!(nobody.status, 400);
}

#[tokio::test]
async fn a_claims_challenge_is_satisfied_by_signing_in() {
    let client = Client::new().await;
    let claims =
        r#"{"access_token":{"acrs":{"essential":true,"value":"c1"},"xms_cc":{"values":["CP1"]}}}"#;
    let code = value(&redirect(&client, &[("claims", claims)]).await, "code");
    let path = format!("/{}/oauth2/v2.0/token", tenant(&client).await);
    let tokens = client.form(&path, &token_form(&code)).await.expect(200);
    let payload = tokens["access_token"].as_str().unwrap().split('.').nth(1).unwrap().to_owned();
    let payload =
        base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, payload).unwrap();
    let payload: serde_json::Value = serde_json::from_slice(&payload).unwrap();
    assert_eq!(payload["acrs"], json!(["c1"]));
    assert_eq!(payload["amr"], json!(["pwd", "mfa"]));
    assert_eq!(payload["xms_cc"], json!(["CP1"]));
}

#[tokio::test]
async fn a_device_waits_for_its_person() {
    let client = Client::new().await;
    let tenant = tenant(&client).await;
    let scope = "https://management.azure.com/.default offline_access";
    let form = [("client_id", CLIENT), ("scope", scope)];
    let path = format!("/{tenant}/oauth2/v2.0/devicecode");
    let started = client.form(&path, &form).await.expect(200);
    let code = started["user_code"].as_str().unwrap();
    assert!(started["message"].as_str().unwrap().contains(code));
    let ask = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("client_id", CLIENT),
        ("device_code", started["device_code"].as_str().unwrap()),
    ];
    let path = format!("/{tenant}/oauth2/v2.0/token");
    assert_eq!(client.form(&path, &ask).await.code(), "authorization_pending");
    assert!(client.get("/devicelogin").await.text.contains("Dana Delegate"));
    let wrong = client.form("/devicelogin", &[("code", "NOPE"), ("person", DELEGATE)]).await;
    assert_eq!(wrong.status, 400);
    let chosen = [("code", code), ("person", DELEGATE), ("mfa", "true")];
    assert_eq!(client.form("/devicelogin", &chosen).await.status, 200);
    let other = [ask[0], ("client_id", PIPELINE), ask[2]];
    assert_eq!(client.form(&path, &other).await.code(), "expired_token", "of another client");
    let tokens = client.form(&path, &ask).await.expect(200);
    assert!(tokens["access_token"].is_string() && tokens["refresh_token"].is_string());
    assert_eq!(client.form(&path, &ask).await.code(), "expired_token", "it is used up");
    assert_eq!(client.form("/devicelogin", &chosen).await.status, 400, "so is the code");
}

#[tokio::test]
async fn a_token_is_for_one_api() {
    let client = Client::new().await;
    let subscription = format!("{SUBSCRIPTION}?api-version=2022-12-01");
    let arm = client.sign_in("admin", "arm").await;
    let graph = client.sign_in("admin", "graph").await;
    assert_eq!(arm.get(&subscription).await.status, 200);
    assert_eq!(graph.get("/v1.0/me").await.status, 200);
    let wrong = [graph.get(&subscription).await, arm.get("/v1.0/me").await];
    for answer in wrong {
        assert_eq!(answer.code(), "InvalidAuthenticationTokenAudience");
        let challenge = answer.headers["www-authenticate"].to_str().unwrap();
        assert!(challenge.starts_with("Bearer authorization_uri="), "{challenge}");
    }
    for path in [subscription.as_str(), "/v1.0/me"] {
        let answer = client.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (401, "AuthenticationFailed"));
    }
}
