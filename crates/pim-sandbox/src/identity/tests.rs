use super::*;

const TENANT: Uuid = Uuid::from_u128(0x10);

fn delegate() -> SignIn {
    SignIn {
        id: Uuid::from_u128(1),
        name: "Delegate".to_owned(),
        user_principal_name: Some("delegate@example.com".to_owned()),
        client_id: Uuid::from_u128(9).to_string(),
        application: false,
        mfa: true,
        authentication_contexts: vec!["c1".to_owned()],
        capabilities: vec!["CP1".to_owned()],
    }
}

fn sandbox() -> Identity {
    Identity::open(None, TENANT).unwrap()
}

fn verify(identity: &Identity, token: &str) -> Result<Arc<Claims>, Refusal> {
    identity.verify(Some(&format!("Bearer {token}")), Audience::ResourceManager)
}

#[test]
fn accepts_what_it_issued() {
    let identity = sandbox();
    let token = identity.issue(&delegate(), Audience::ResourceManager, 60).unwrap();
    for _ in 0..2 {
        let caller = verify(&identity, &token).unwrap().caller();
        assert_eq!(caller.id, Uuid::from_u128(1));
        assert!(caller.mfa);
        assert_eq!(caller.authentication_contexts, ["c1"]);
    }
    let claims = verify(&identity, &token).unwrap();
    assert_eq!(claims.iss, format!("https://sts.windows.net/{TENANT}/"));
    assert_eq!(claims.scp.as_deref(), Some("user_impersonation"));
    assert_eq!(claims.xms_cc, ["CP1"]);
}

#[test]
fn refuses_what_it_did_not_issue() {
    let identity = sandbox();
    let foreign = sandbox().issue(&delegate(), Audience::ResourceManager, 60).unwrap();
    assert_eq!(verify(&identity, &foreign), Err(Refusal::Invalid));
    let token = identity.issue(&delegate(), Audience::ResourceManager, 60).unwrap();
    let mut parts: Vec<&str> = token.split('.').collect();
    parts[2] = "AAAA";
    for bad in [parts.join("."), String::new(), "..".to_owned(), "é".repeat(100)] {
        assert_eq!(verify(&identity, &bad), Err(Refusal::Invalid), "{bad}");
    }
    let huge = "a".repeat(MAX_TOKEN_BYTES + 1);
    assert_eq!(verify(&identity, &huge), Err(Refusal::Invalid));
}

#[test]
fn refuses_a_token_without_signature() {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let identity = sandbox();
    let token = identity.issue(&delegate(), Audience::ResourceManager, 60).unwrap();
    let claims = token.split('.').nth(1).unwrap();
    for header in [r#"{"alg":"none"}"#, r#"{"alg":"HS256","typ":"JWT"}"#] {
        let header = URL_SAFE_NO_PAD.encode(header);
        for forged in [format!("{header}.{claims}."), format!("{header}.{claims}.AAAA")] {
            assert_eq!(verify(&identity, &forged), Err(Refusal::Invalid), "{forged}");
        }
    }
}

#[test]
fn refuses_what_is_over_or_for_another_api() {
    let identity = sandbox();
    let old = identity.issue(&delegate(), Audience::ResourceManager, -5).unwrap();
    assert!(matches!(verify(&identity, &old), Err(Refusal::Expired { .. })));
    let graph = identity.issue(&delegate(), Audience::Graph, 60).unwrap();
    for _ in 0..2 {
        let refusal = verify(&identity, &graph).unwrap_err();
        assert_eq!(refusal.code(), "InvalidAuthenticationTokenAudience");
        assert!(!refusal.message(TENANT).contains(&graph));
    }
    assert!(identity.verify(Some(&format!("bearer {graph}")), Audience::Graph).is_ok());
}

#[test]
fn refuses_other_headers() {
    let identity = sandbox();
    let refused = |header| identity.verify(header, Audience::ResourceManager).unwrap_err();
    assert_eq!(refused(None), Refusal::Missing);
    assert_eq!(refused(Some("Basic YTpi")), Refusal::Scheme);
    assert_eq!(refused(Some("Bearer")), Refusal::Scheme);
    let challenge = refused(Some("Bearer x")).challenge("https://localhost:1", TENANT);
    assert!(
        challenge.starts_with("Bearer authorization_uri=\"https://localhost:1/"),
        "{challenge}"
    );
    assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
}

#[test]
fn keeps_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let first = Identity::open(Some(folder.path()), TENANT).unwrap();
    let token = first.issue(&delegate(), Audience::ResourceManager, 60).unwrap();
    let second = Identity::open(Some(folder.path()), TENANT).unwrap();
    assert!(verify(&second, &token).is_ok());
    assert_eq!(first.json_web_key_set(), second.json_web_key_set());
    let elsewhere = Identity::open(Some(folder.path()), Uuid::from_u128(2)).unwrap();
    assert_eq!(verify(&elsewhere, &token), Err(Refusal::Issuer));
    std::fs::write(folder.path().join("signing-key.pem"), "no key").unwrap();
    assert!(matches!(Identity::open(Some(folder.path()), TENANT), Err(IdentityError::Key)));
}

#[test]
fn gives_each_application_its_secret() {
    let identity = sandbox();
    let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let secret = identity.client_secret(one);
    assert!(identity.is_client_secret(one, &secret));
    assert!(!identity.is_client_secret(other, &secret));
    assert!(!identity.is_client_secret(one, ""));
    assert!(!sandbox().is_client_secret(one, &secret));
}
