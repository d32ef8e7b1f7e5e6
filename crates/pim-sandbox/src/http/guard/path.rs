//! Paths that mean something else than they seem to.

use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// Refuses paths that a reader and a file system would understand differently. Names of Azure have
/// none of these.
pub(super) fn check(path: &str) -> Result<(), &'static str> {
    let mut bytes = path.bytes();
    // Invariant: each turn passes over a byte, so the loop ends with the path.
    while let Some(byte) = bytes.next() {
        let byte = match byte {
            b'%' => {
                let (high, low) = (bytes.next().and_then(digit), bytes.next().and_then(digit));
                let (Some(high), Some(low)) = (high, low) else {
                    return Err("The path has a '%' that two hexadecimal digits must follow.");
                };
                let byte = high * 16 + low;
                if byte == b'/' {
                    return Err("The path must not have a '/' in encoded form.");
                }
                byte
            }
            plain => plain,
        };
        match byte {
            0..=0x1f | 0x7f => return Err("The path must not have a control character."),
            b'\\' => return Err("The path must not have a '\\'."),
            _ => {}
        }
    }
    let dots = |segment: &str| {
        let plain = segment.replace("%2e", ".").replace("%2E", ".");
        plain == "." || plain == ".."
    };
    if path.split('/').any(dots) {
        return Err("The path must not have the segments '.' and '..'.");
    }
    Ok(())
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// Takes the doubled slashes out of a path: SDKs write them where a scope begins or ends with one
/// (*observed*: azure-mgmt-authorization 4.0.0 with the scope `/`, 2026-11).
pub(super) fn tidy(uri: &mut Uri) {
    let Some(target) = uri.path_and_query() else { return };
    if !target.path().contains("//") {
        return;
    }
    let mut tidied = String::with_capacity(target.as_str().len());
    for segment in target.path().split('/').filter(|segment| !segment.is_empty()) {
        tidied.push('/');
        tidied.push_str(segment);
    }
    if tidied.is_empty() {
        tidied.push('/');
    }
    if let Some(query) = target.query() {
        tidied.push('?');
        tidied.push_str(query);
    }
    let mut parts = uri.clone().into_parts();
    if let Ok(target) = PathAndQuery::try_from(tidied) {
        parts.path_and_query = Some(target);
        if let Ok(whole) = Uri::from_parts(parts) {
            *uri = whole;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_ordinary_names_pass() {
        for path in
            ["/", "/subscriptions/a/resourceGroups/b.c/x%20y", "/v1.0/me", "/a/...", "/%C3%BC"]
        {
            assert_eq!(check(path), Ok(()), "{path}");
        }
    }

    #[test]
    fn refuses_tricks() {
        let tricks = [
            "/a/../b",
            "/a/./b",
            "/a/..",
            "/%2e%2e/b",
            "/.%2E/b",
            "/a%2fb",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "/a%00b",
            "/a%0d%0ab",
            "/a%7f",
            "/a%",
            "/a%2",
            "/a%zz",
        ];
        for path in tricks {
            assert!(check(path).is_err(), "{path}");
        }
    }

    #[test]
    fn takes_doubled_slashes_out() {
        let tidied = |uri: &str| {
            let mut uri: Uri = uri.parse().unwrap();
            tidy(&mut uri);
            uri.to_string()
        };
        assert_eq!(tidied("//providers//x/?a=b//c"), "/providers/x?a=b//c");
        assert_eq!(tidied("//"), "/");
        assert_eq!(tidied("/a/b?c"), "/a/b?c");
    }
}
