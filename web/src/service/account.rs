//! Who is signed in, and where their token comes from.

use super::{Problem, Service, sandbox, sign_in};
use crate::browser;
use leptos::prelude::*;
use pim_client::{Claims, Token};
use uuid::Uuid;

/// How long before its end a token is no longer used, in seconds.
const MARGIN: i64 = 60;

/// Who is signed in. No token is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    /// What they are called.
    pub(crate) name: String,
    /// Their object id, where the token tells.
    pub(crate) object_id: Option<Uuid>,
    /// How they signed in.
    pub(crate) how: How,
}

/// How somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum How {
    /// With a token that was pasted, for this page only.
    Pasted,
    /// As somebody of the sandbox, by their short name, with authentication contexts.
    Sandbox(String, Vec<String>),
    /// At the identity provider of the cloud.
    Provider,
}

impl Service {
    /// Returns the token of whoever is signed in, a new one where the old one is about to end.
    pub(super) async fn token(self) -> Result<Token, Problem> {
        let Some(account) = self.account.get_untracked() else {
            return Err(Problem::words("nobody is signed in"));
        };
        let lasts = |token: &Token| {
            token.ends().is_none_or(|end| end - MARGIN > browser::now().as_second())
        };
        if let Some(token) = self.token.get_value().filter(lasts) {
            return Ok(token);
        }
        let token = match account.how {
            How::Pasted => {
                return Err(Problem::words("the pasted token has ended; paste a new one"));
            }
            How::Sandbox(name, contexts) => sandbox::token(self, &name, &contexts).await?,
            How::Provider => sign_in::token(&self.provider()?).await?,
        };
        self.token.set_value(Some(token.clone()));
        Ok(token)
    }

    /// Signs in with a token that somebody pasted. It is kept in memory.
    pub(crate) fn paste(self, text: &str) -> Result<(), Problem> {
        let token = Token::new(text).ok_or_else(|| {
            Problem::words("this is no access token; `az account get-access-token` prints one")
        })?;
        if token.ends().is_some_and(|end| end <= browser::now().as_second()) {
            return Err(Problem::words("this token has ended; get a new one"));
        }
        self.keep(token, How::Pasted, "Pasted token");
        Ok(())
    }

    /// Signs in as somebody of the sandbox.
    pub(crate) async fn sign_in_as(self, name: String) -> Result<(), Problem> {
        let token = sandbox::token(self, &name, &[]).await?;
        let fallback = name.clone();
        self.keep(token, How::Sandbox(name, Vec::new()), &fallback);
        Ok(())
    }

    /// Signs in at the identity provider, in a window of its own.
    pub(crate) async fn sign_in(self) -> Result<(), Problem> {
        let token = sign_in::sign_in(&self.provider()?, None).await?;
        self.keep(token, How::Provider, "Signed in");
        Ok(())
    }

    /// Signs the same person in again with what the service asks for.
    pub(crate) async fn answer(self, claims: Claims) -> Result<(), Problem> {
        match self.account.get_untracked().map(|account| account.how) {
            Some(How::Sandbox(name, mut contexts)) => {
                contexts.extend(claims.authentication_context());
                let token = sandbox::token(self, &name, &contexts).await?;
                let fallback = name.clone();
                self.keep(token, How::Sandbox(name, contexts), &fallback);
                Ok(())
            }
            Some(How::Provider) => {
                let token = sign_in::sign_in(&self.provider()?, Some(&claims.json)).await?;
                self.keep(token, How::Provider, "Signed in");
                Ok(())
            }
            Some(How::Pasted) | None => Err(Problem::words(
                "paste a token that meets the authentication context, or sign in",
            )),
        }
    }

    /// Takes up again who signed in to this tab before the page was loaded anew.
    pub(crate) async fn resume(self) {
        if !sign_in::is_known() {
            return;
        }
        if !self.place.get_untracked().is_azure() {
            // Only the sandbox itself tells which tenant it is; without that nobody is resumed.
            let _ = self.look_around().await;
        }
        let Ok(provider) = self.provider() else { return };
        if let Ok(token) = sign_in::token(&provider).await {
            self.keep(token, How::Provider, "Signed in");
        }
    }

    /// Forgets who is signed in.
    pub(crate) fn sign_out(self) {
        let was = self.account.get_untracked().map(|account| account.how);
        self.token.set_value(None);
        self.account.set(None);
        if was == Some(How::Provider) {
            sign_in::forget();
        }
    }

    fn keep(self, token: Token, how: How, fallback: &str) {
        let name = token.name().unwrap_or_else(|| fallback.to_owned());
        let object_id = token.object_id();
        self.token.set_value(Some(token));
        self.account.set(Some(Account { name, object_id, how }));
    }
}
