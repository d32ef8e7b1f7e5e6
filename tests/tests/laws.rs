//! The laws, asked of generated input.

use integration_tests::generate::{broken_texts, conditions};
use integration_tests::laws;
use proptest::prelude::*;

proptest! {
    #[test]
    fn generated_conditions_parse(text in conditions()) {
        laws::parses(&text);
    }

    #[test]
    fn tokens_tile_any_text(text in any::<String>()) {
        laws::tokens_tile(&text);
    }

    #[test]
    fn tokens_tile_what_looks_like_a_condition(text in broken_texts()) {
        laws::tokens_tile(&text);
    }

    #[test]
    fn trees_of_conditions_are_sound(text in conditions()) {
        laws::tree_is_sound(&text);
    }

    #[test]
    fn trees_of_any_text_are_sound(text in any::<String>()) {
        laws::tree_is_sound(&text);
    }

    #[test]
    fn trees_of_what_looks_like_a_condition_are_sound(text in broken_texts()) {
        laws::tree_is_sound(&text);
    }
}
