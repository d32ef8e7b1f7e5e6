//! Every byte of any text is in exactly one token.
#![no_main]

use integration_tests::laws;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| laws::tokens_tile(text));
