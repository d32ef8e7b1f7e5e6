//! A document in the fragment of a link, which browsers keep to themselves.

use crate::document::{Document, FileError, Opened};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

/// What a link's fragment starts with. The number is the version of the packing; that of the
/// document stands inside.
pub const PREFIX: &str = "g1.";

/// The longest fragment that is made, in characters. Browsers take far more; mail programs and
/// chats cut long links (*assumed*: 32,000 characters pass through those in common use).
pub const MAX_LINK: usize = 32_000;

/// The longest fragment that is read, in characters.
const MAX_READ: usize = 256_000;

/// How large a document may become when it is unpacked, in bytes.
const MAX_UNPACKED: usize = 1 << 20;

/// How hard the packing tries, from 1 to 10.
const LEVEL: u8 = 9;

/// Why there is no link, or a link gives no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ShareError {
    /// The link would be too long.
    #[error(
        "the link would have {length} characters, and links of more than {MAX_LINK} get cut on their way; save the document as a file and send that"
    )]
    TooLong {
        /// How long it would be.
        length: usize,
    },
    /// The link is too long to be read.
    #[error("the link is {length} characters long; at most {MAX_READ} are read")]
    TooLongToRead {
        /// How long it is.
        length: usize,
    },
    /// The fragment is no document.
    #[error("the link holds no document")]
    NoDocument,
    /// A later version packed it.
    #[error("the link was made by a newer editor; reload the page to get it")]
    FromTheFuture,
    /// Characters are missing or changed.
    #[error("the link is damaged, perhaps cut off on its way; ask for it again")]
    Damaged,
    /// It unpacks to more than a document may have.
    #[error("the document in the link unpacks to more than {MAX_UNPACKED} bytes and is refused")]
    TooLarge,
    /// What it holds is not a document that can be read.
    #[error("the document in the link cannot be read: {0}")]
    Document(#[from] FileError),
}

/// Packs a document into a fragment, without the `#`.
///
/// # Errors
///
/// A document whose link would be longer than [`MAX_LINK`].
pub fn link(document: &Document) -> Result<String, ShareError> {
    let text = document.to_value().to_string();
    let length_of = |packed: usize| PREFIX.len() + packed.div_ceil(3) * 4;
    if text.len() > MAX_UNPACKED {
        return Err(ShareError::TooLong { length: length_of(text.len()) });
    }
    let packed = compress_to_vec(text.as_bytes(), LEVEL);
    let fragment = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(packed));
    if fragment.len() > MAX_LINK {
        return Err(ShareError::TooLong { length: fragment.len() });
    }
    Ok(fragment)
}

/// Unpacks a fragment, with or without the `#`.
///
/// # Errors
///
/// A fragment that is no document, is damaged or too large, or was made by a later version.
pub fn open(fragment: &str) -> Result<Opened, ShareError> {
    let fragment = fragment.trim().trim_start_matches('#');
    if fragment.len() > MAX_READ {
        return Err(ShareError::TooLongToRead { length: fragment.len() });
    }
    let Some(packed) = fragment.strip_prefix(PREFIX) else {
        return Err(if is_later(fragment) {
            ShareError::FromTheFuture
        } else {
            ShareError::NoDocument
        });
    };
    let packed = URL_SAFE_NO_PAD.decode(packed).map_err(|_| ShareError::Damaged)?;
    let text = decompress_to_vec_with_limit(&packed, MAX_UNPACKED).map_err(|error| {
        if error.status == TINFLStatus::HasMoreOutput {
            ShareError::TooLarge
        } else {
            ShareError::Damaged
        }
    })?;
    let text = String::from_utf8(text).map_err(|_| ShareError::Damaged)?;
    Ok(Document::from_json(&text)?)
}

/// Says whether a fragment starts as one of another version does: `g12.`.
fn is_later(fragment: &str) -> bool {
    let version = fragment.strip_prefix('g').and_then(|rest| rest.split_once('.'));
    version.is_some_and(|(number, _)| number.parse::<u32>().is_ok_and(|number| number > 1))
}

#[cfg(test)]
mod tests {
    use super::{MAX_LINK, PREFIX, ShareError, link, open};
    use crate::Document;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use miniz_oxide::deflate::compress_to_vec;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn packed(text: &str) -> String {
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(compress_to_vec(text.as_bytes(), 6)))
    }

    #[test]
    fn a_document_travels_in_a_link() {
        let document = Document::example();
        let fragment = link(&document).unwrap();
        assert!(fragment.len() < 2_000, "{} characters", fragment.len());
        assert_eq!(open(&format!("#{fragment}")).unwrap().document, document);
    }

    /// A link that was made by the first version is read by every later one.
    #[test]
    fn a_link_of_the_first_version_is_read() {
        // `{"grantif":1,"name":"old","condition":"Exists @Environment[isPrivateLink]"}`
        let text = r#"{"grantif":1,"name":"old","condition":"Exists @Environment[isPrivateLink]"}"#;
        let opened = open(OLD).unwrap();
        assert_eq!(open(&packed(text)).unwrap(), opened);
        assert_eq!(opened.document.name, "old");
    }

    const OLD: &str = "g1.q1ZKL0rMK8lMU7Iy1FHKS8xNVbJSys9JUdJRSs7PS8ksyczPA4q4VmQWlxQrOLjmlWUW5eflpuaVRGcWBxRlliWWpPpk5mXHKtUCAA";

    #[test]
    fn a_hostile_link_is_refused_in_words() {
        let bomb = packed(&format!(r#"{{"grantif":1,"name":"{}"}}"#, "a".repeat(8 << 20)));
        assert!(bomb.len() < 20_000);
        assert_eq!(open(&bomb), Err(ShareError::TooLarge));
        let deep = packed(&format!(r#"{{"grantif":1,"delivery":{}"#, "[".repeat(500_000)));
        let error = open(&deep).unwrap_err().to_string();
        assert!(error.contains("recursion limit exceeded"), "{error}");
        let long = format!("{PREFIX}{}", "A".repeat(300_000));
        assert!(matches!(open(&long), Err(ShareError::TooLongToRead { .. })));
        let whole = link(&Document::example()).unwrap();
        let cut = whole.get(..whole.len() - 5).unwrap();
        assert_eq!(open(cut), Err(ShareError::Damaged));
        assert_eq!(open("g1.%%%"), Err(ShareError::Damaged));
        assert_eq!(open("g2.AAAA"), Err(ShareError::FromTheFuture));
        assert_eq!(open("section-2"), Err(ShareError::NoDocument));
    }

    #[test]
    fn a_long_document_gets_no_link() {
        let mut document = Document::empty();
        // Text that packs badly.
        let mut state = 1_u64;
        document.condition = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b'!' + (state >> 40) as u8 % 90)
        })
        .take(60_000)
        .collect();
        let Err(ShareError::TooLong { length }) = link(&document) else { panic!("it is short") };
        assert!(length > MAX_LINK);
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(1),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn any_text_is_survived(text in "(g1\\.)?[A-Za-z0-9_-]{0,80}|\\PC{0,20}") {
            let _ = open(&text);
        }

        #[test]
        fn any_condition_travels(condition in "\\PC{0,200}", name in "\\PC{0,20}") {
            let document = Document { condition, name, ..Document::empty() };
            prop_assert_eq!(open(&link(&document).unwrap()).unwrap().document, document);
        }
    }
}
