//! Attributes as they are typed on a command line: `@Request[…]=value`.

use super::{AccessRequest, Raw, RequestError};
use crate::key::{AttributeKey, shortened};
use crate::value::{AttributeValue, Value};
use abac_syntax::{ExprKind, LiteralKind, Operand};
use diagnostics::Severity;

impl AccessRequest {
    /// Adds an attribute written as `@Source[…]=value`.
    ///
    /// The value is a literal or a set of the condition language (`'text'`, `10`, `true`, a GUID,
    /// `{'a', 'b'}`), a JSON string or list (`"text"`, `["a", "b"]`), or else bare text. A bare
    /// `true`, `false` or whole number is of that type; quotes make it text.
    ///
    /// # Errors
    ///
    /// Text without `=`, a key that is no attribute reference, a value that begins like a literal
    /// or like JSON and is neither, and whatever [`AccessRequest::attribute`] refuses.
    ///
    /// # Examples
    ///
    /// ```
    /// use abac_eval::AccessRequest;
    ///
    /// let request = AccessRequest::new("Microsoft.Storage/…/blobs/read")
    ///     .assign("@Environment[isPrivateLink]=true")?
    ///     .assign("@Resource[Microsoft.Storage/storageAccounts:name]='contoso'")?;
    /// assert_eq!(request.attributes().count(), 2);
    /// # Ok::<(), abac_eval::RequestError>(())
    /// ```
    pub fn assign(mut self, text: &str) -> Result<Self, RequestError> {
        let refuse = |reason: &str| RequestError::Assignment {
            text: shortened(text),
            reason: reason.into(),
        };
        // A tag key may hold `=`, but never a bracket.
        let (head, value) = text
            .split_once(']')
            .and_then(|(head, rest)| Some((head, rest.trim_start().strip_prefix('=')?)))
            .ok_or_else(|| refuse("expected `@Source[…]=value`"))?;
        let key = AttributeKey::parse(&format!("{head}]"))?;
        let value = read(value.trim(), &key).map_err(|reason| refuse(&reason))?;
        self.insert(key, value)?;
        Ok(self)
    }
}

fn read(text: &str, key: &AttributeKey) -> Result<AttributeValue, String> {
    match text.as_bytes().first() {
        Some(b'\'' | b'{') => operand(text),
        Some(b'[' | b'"') => serde_json::from_str::<Raw>(text)
            .map_err(|error| RequestError::json(&error).to_string())?
            .into_value(key.as_str())
            .map_err(|error| error.to_string()),
        _ => Ok(AttributeValue::One(bare(text))),
    }
}

fn bare(text: &str) -> Value {
    match text {
        "true" => Value::Boolean(true),
        "false" => Value::Boolean(false),
        _ => text.parse().map_or_else(|_| Value::from(text), Value::Integer),
    }
}

/// Lets the language's own parser read a literal or a set.
fn operand(text: &str) -> Result<AttributeValue, String> {
    let source = format!("@Request[value] ForAnyOfAnyValues:StringEquals {text}");
    let parsed = abac_syntax::parse(&source);
    if let Some(error) = parsed.diagnostics.iter().find(|found| found.severity == Severity::Error) {
        return Err(error.message.clone());
    }
    let tree = &parsed.tree;
    let Some(ExprKind::Comparison { right, .. }) = tree.root().map(|root| tree.kind(root)) else {
        return Err("expected one literal or one set".to_owned());
    };
    let value = |literal: &abac_syntax::Literal| match literal.kind {
        LiteralKind::Integer(number) => Value::Integer(number),
        LiteralKind::Boolean(value) => Value::Boolean(value),
        _ => Value::String(literal.text(&source).into_owned()),
    };
    let values: Vec<_> = tree.operand_literals(right).iter().map(value).collect();
    match (right, values.as_slice()) {
        (Operand::Literal(_), [value]) => Ok(AttributeValue::One(value.clone())),
        (Operand::Set { .. }, _) => Ok(AttributeValue::Many(values)),
        _ => Err("expected one literal or one set".to_owned()),
    }
}
