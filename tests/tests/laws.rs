//! The laws, asked of generated input.

use integration_tests::generate::{broken_texts, conditions, requests};
use integration_tests::laws;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Conditions, texts that look like conditions, and anything at all.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![4 => conditions(), 4 => broken_texts(), 1 => any::<String>()]
}

/// The same input in every run, unless `PROPTEST_RNG_SEED` says otherwise.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 1_000,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn generated_conditions_parse(text in conditions()) {
        laws::parses(&text);
    }

    #[test]
    fn tokens_tile(text in texts()) {
        laws::tokens_tile(&text);
    }

    #[test]
    fn trees_are_sound(text in texts()) {
        laws::tree_is_sound(&text);
    }

    #[test]
    fn format_is_idempotent(text in texts()) {
        laws::format_is_idempotent(&text);
    }

    #[test]
    fn format_keeps_decisions(text in texts(), request in requests()) {
        laws::format_keeps_decisions(&text, &laws::request_of(&request));
    }

    #[test]
    fn fixes_remove_their_findings(text in texts()) {
        laws::fixes_remove_their_findings(&text);
    }

    #[test]
    fn fixes_settle(text in texts()) {
        laws::fixes_settle(&text);
    }

    #[test]
    fn safe_fixes_keep_decisions(text in texts(), request in requests()) {
        laws::safe_fixes_keep_decisions(&text, &laws::request_of(&request));
    }
}

/// What is missing once for each level takes a pass for each.
#[test]
fn fixes_settle_however_deep() {
    let inner = "Exists @Resource[a:b]";
    for open in ["(", "!(", "ActionMatches{", "NOT ", "Exists ("] {
        laws::fixes_settle(&format!("{}{inner}", open.repeat(abac_syntax::MAX_DEPTH)));
    }
}
