//! Attribute references in a request.

use crate::request::RequestError;
use abac_syntax::{AttributeId, ExprKind, Tree};
use diagnostics::Severity;
use std::fmt;

/// The longest reference that is read, in bytes.
const MAX_BYTES: usize = 8 << 10;

/// A reference to an attribute, such as
/// `@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]`.
///
/// Two references are the same when the condition language says so: source, path and name in any
/// letter case, a key marked `<$key_case_sensitive$>` as it is written.
#[derive(Debug, Clone)]
pub struct AttributeKey {
    written: String,
    normalised: String,
}

impl AttributeKey {
    /// Reads a reference by the rules of the condition language.
    ///
    /// # Errors
    ///
    /// Anything but one whole attribute reference.
    pub fn parse(text: &str) -> Result<Self, RequestError> {
        let text = text.trim();
        let refuse = |reason: String| RequestError::AttributeKey { key: shortened(text), reason };
        if text.len() > MAX_BYTES {
            return Err(refuse(format!("longer than {MAX_BYTES} bytes")));
        }
        // The language's own parser reads it, so that request and condition cannot disagree.
        let source = format!("Exists {text}");
        let parsed = abac_syntax::parse(&source);
        let found = parsed.diagnostics.iter().find(|found| found.severity == Severity::Error);
        let tree = &parsed.tree;
        let attribute = tree.root().and_then(|root| match tree.kind(root) {
            ExprKind::Exists { attribute, .. } => Some(tree.attribute(attribute)),
            _ => None,
        });
        match (attribute, found) {
            (Some(attribute), None) if attribute.span.of(&source) == text && !attribute.hole => {
                Ok(Self { written: text.to_owned(), normalised: attribute.key(&source) })
            }
            (_, Some(found)) => Err(refuse(found.message.clone())),
            _ => Err(refuse("expected `@Source[…]`".to_owned())),
        }
    }

    /// Returns the key of a reference in a condition.
    #[must_use]
    pub fn of(source: &str, tree: &Tree, attribute: AttributeId) -> Self {
        let attribute = tree.attribute(attribute);
        Self { written: attribute.span.of(source).to_owned(), normalised: attribute.key(source) }
    }

    /// Returns the reference as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Returns the form by which references are compared.
    #[must_use]
    pub fn normalised(&self) -> &str {
        &self.normalised
    }
}

impl fmt::Display for AttributeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl PartialEq for AttributeKey {
    fn eq(&self, other: &Self) -> bool {
        self.normalised == other.normalised
    }
}

impl Eq for AttributeKey {}

/// Cuts a text that goes into a message.
pub(crate) fn shortened(text: &str) -> String {
    const CHARACTERS: usize = 120;
    match text.char_indices().nth(CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Hashes a normalised key (FNV-1a, 64 bits). Equal hashes are always checked by the key itself.
pub(crate) fn hash(normalised: &str) -> u64 {
    normalised.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
