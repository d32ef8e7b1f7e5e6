//! A fix removes its finding, fixes come to an end, and safe ones change no decision.
#![no_main]

use fuzz::Input;
use integration_tests::laws;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: Input| {
    laws::fixes_remove_their_findings(&input.text);
    laws::fixes_settle(&input.text);
    laws::safe_fixes_keep_decisions(&input.text, &input.request);
});
