//! Where a code may be sent.

use super::provider::Provider;
use url::{Host, Url};

/// How the answer is carried back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Query,
    Fragment,
    FormPost,
}

impl Mode {
    pub(super) fn parse(name: Option<&str>) -> Option<Self> {
        match name {
            None | Some("query") => Some(Mode::Query),
            Some("fragment") => Some(Mode::Fragment),
            Some("form_post") => Some(Mode::FormPost),
            Some(_) => None,
        }
    }
}

/// Reads an address that a code may be sent to: one of this computer, of the sandbox itself, or of
/// an origin that it was started with.
pub(super) fn allowed(provider: &Provider, own_origin: &str, address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.fragment().is_some() {
        return None;
    }
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let this_computer = match url.host()? {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    let origin = url.origin().ascii_serialization();
    let known = origin == own_origin || provider.origins.contains(&origin);
    (this_computer || known).then_some(url)
}

/// Returns the address with values in its query or fragment.
pub(super) fn with_values(url: &Url, mode: Mode, values: &[(&str, &str)]) -> String {
    let mut url = url.clone();
    if mode == Mode::Fragment {
        let mut fragment = url::form_urlencoded::Serializer::new(String::new());
        fragment.extend_pairs(values);
        url.set_fragment(Some(&fragment.finish()));
    } else {
        url.query_pairs_mut().extend_pairs(values);
    }
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_on_this_computer() {
        let provider = Provider::new(vec!["https://editor.example.com".to_owned()]);
        let allowed = |address| allowed(&provider, "https://sandbox:8443", address).is_some();
        for address in [
            "http://localhost",
            "http://localhost:53124/",
            "http://127.0.0.1:1/callback?x=1",
            "http://[::1]:80",
            "https://editor.example.com/redirect.html",
            "https://sandbox:8443/x",
        ] {
            assert!(allowed(address), "{address}");
        }
        for address in [
            "https://evil.example.com",
            "http://localhost@evil.example.com",
            "http://localhost.evil.example.com",
            "https://editor.example.com:444/",
            "http://editor.example.com/",
            "javascript:alert(1)",
            "http://localhost/#x",
            "//localhost",
            "",
        ] {
            assert!(!allowed(address), "{address}");
        }
    }

    #[test]
    fn carries_values() {
        let url = Url::parse("http://localhost:1/a?b=c").unwrap();
        let values = [("code", "x&y"), ("state", "ü")];
        assert_eq!(
            with_values(&url, Mode::Query, &values),
            "http://localhost:1/a?b=c&code=x%26y&state=%C3%BC"
        );
        assert_eq!(
            with_values(&url, Mode::Fragment, &values),
            "http://localhost:1/a?b=c#code=x%26y&state=%C3%BC"
        );
    }
}
