//! The parser never fails, and its trees and findings are sound.
#![no_main]

use integration_tests::laws;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| laws::tree_is_sound(text));
