//! Any text can be read as any host, and what is written into a host is found there.
#![no_main]

use fuzz::Input;
use integration_tests::laws;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: Input| {
    // With a word that no file without it is read for.
    laws::hosts_take_anything(&format!("{} roleAssignments", input.text));
});
