//! Makes the input of a fuzz target from libFuzzer's bytes.

use arbitrary::{Arbitrary, Result, Unstructured};
use integration_tests::generate::{broken_text, condition, request};
use integration_tests::laws;

/// A text and a request to evaluate it against.
#[derive(Debug)]
pub struct Input {
    /// A condition, something that looks like one, or any text.
    pub text: String,
    /// A request over the attributes that generated conditions ask for.
    pub request: abac_eval::AccessRequest,
}

impl<'a> Arbitrary<'a> for Input {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let kind = bytes.int_in_range(0..=4)?;
        let request = laws::request_of(&request(bytes)?);
        let text = match kind {
            0 | 1 => condition(bytes)?,
            2 | 3 => broken_text(bytes)?,
            _ => String::from_utf8_lossy(bytes.bytes(bytes.len())?).into_owned(),
        };
        Ok(Self { text, request })
    }
}
