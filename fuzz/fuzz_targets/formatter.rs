//! Every layout reads back as the same condition, and laying out twice is laying out once.
#![no_main]

use fuzz::Input;
use integration_tests::laws;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: Input| {
    laws::format_is_idempotent(&input.text);
    laws::format_keeps_decisions(&input.text, &input.request);
});
