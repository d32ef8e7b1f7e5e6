//! What a client asks a token for.

use super::fault::Fault;
use crate::identity::Audience;

/// The scopes of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scopes {
    /// The API that the token is for.
    pub(super) audience: Audience,
    /// Whether an ID token is wanted (`openid`).
    pub(super) openid: bool,
    /// Whether a refresh token is wanted (`offline_access`).
    pub(super) offline: bool,
}

impl Scopes {
    /// Reads scopes: those of OpenID Connect, and those of one resource, either `{resource}/{name}` or
    /// a name alone, which is one of Microsoft Graph.
    pub(super) fn parse(text: &str, own_origin: &str) -> Result<Self, Fault> {
        let mut scopes = Self { audience: Audience::Graph, openid: false, offline: false };
        let mut named = None;
        for scope in text.split_ascii_whitespace() {
            match scope {
                "openid" => scopes.openid = true,
                "offline_access" => scopes.offline = true,
                "profile" | "email" => {}
                other => {
                    let audience = audience(other, own_origin)?;
                    if named.is_some_and(|named| named != audience) {
                        let message = "The provided request must include scopes of one resource \
                                       only.";
                        return Err(Fault::new("invalid_request", 28_000, message));
                    }
                    named = Some(audience);
                }
            }
        }
        if let Some(named) = named {
            scopes.audience = named;
        }
        Ok(scopes)
    }
}

fn audience(scope: &str, own_origin: &str) -> Result<Audience, Fault> {
    let Some((resource, _)) = scope.rsplit_once('/') else { return Ok(Audience::Graph) };
    Audience::of(resource, own_origin).ok_or_else(|| {
        let message = format!(
            "The resource principal named {resource} was not found in the tenant. The sandbox has \
             https://management.azure.com and https://graph.microsoft.com."
        );
        Fault::new("invalid_resource", 500_011, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Scopes, u32> {
        Scopes::parse(text, "https://localhost:8443").map_err(|fault| fault.number)
    }

    #[test]
    fn names_one_resource() {
        let scopes = parse("https://management.azure.com//.default openid offline_access").unwrap();
        let audience = Audience::ResourceManager;
        assert_eq!(scopes, Scopes { audience, openid: true, offline: true });
        assert_eq!(parse("User.Read profile").unwrap().audience, Audience::Graph);
        let own = parse("https://localhost:8443/user_impersonation").unwrap();
        assert_eq!(own.audience, Audience::ResourceManager);
        assert_eq!(parse("https://vault.azure.net/.default"), Err(500_011));
        assert_eq!(parse("User.Read https://management.azure.com/.default"), Err(28_000));
    }
}
