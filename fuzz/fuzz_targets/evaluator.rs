//! The compiled evaluator agrees with the naive reference evaluator.
#![no_main]

use fuzz::Input;
use integration_tests::laws;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: Input| {
    laws::evaluators_agree(&input.text, &input.request);
});
