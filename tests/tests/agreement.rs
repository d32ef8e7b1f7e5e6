//! The compiled evaluator agrees with the naive reference evaluator.

use abac_eval::{AccessRequest, AttributeValue, Value};
use integration_tests::generate::{broken_texts, conditions, requests};
use integration_tests::laws::{evaluators_agree, request_of};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Texts close to the borders of every type.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ab*?\\\\éİ]{0,6}",
        "(20|19)[0-9]{2}-(0[0-9]|1[0-3])-(0[1-9]|[12][0-9]|3[01])T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{0,8})?(Z|[+-][01][0-9]:[0-6]0)?",
        "[0-9a-fA-F]{7,8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-fA-F]{12}",
        "[-+]?[0-9]{1,3}",
        "true|True|false|TRUE",
    ]
}

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => texts().prop_map(Value::String),
        1 => (-3_i64..3).prop_map(Value::Integer),
        1 => any::<bool>().prop_map(Value::Boolean),
    ]
}

fn attribute_values() -> impl Strategy<Value = AttributeValue> {
    prop_oneof![
        values().prop_map(AttributeValue::One),
        prop::collection::vec(values(), 0..4).prop_map(AttributeValue::Many),
    ]
}

/// Literals and sets, quoted or not.
fn operands() -> impl Strategy<Value = String> {
    let literal = prop_oneof![
        3 => texts().prop_map(|text| format!("'{text}'")),
        1 => (0_i64..3).prop_map(|number| number.to_string()),
        1 => any::<bool>().prop_map(|value| value.to_string()),
        1 => "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    ];
    let literal = literal.boxed();
    prop_oneof![
        literal.clone(),
        prop::collection::vec(literal, 0..4).prop_map(|set| format!("{{{}}}", set.join(", "))),
        Just("@Request[b]".to_owned()),
    ]
}

/// Comparisons of any operator with anything.
fn comparisons() -> impl Strategy<Value = String> {
    use abac_syntax::{Comparison, Quantifier};
    let quantifier = prop::option::of(prop::sample::select(&Quantifier::ALL[..]));
    let function = prop::sample::select(Comparison::ALL);
    (any::<bool>(), quantifier, function, operands()).prop_map(|(not, quantifier, name, right)| {
        let not = if not { "NOT " } else { "" };
        let quantifier = quantifier.map_or("", |quantifier| quantifier.as_str());
        let colon = if quantifier.is_empty() { "" } else { ":" };
        format!("{not}@Request[a] {quantifier}{colon}{} {right}", name.as_str())
    })
}

/// The same input in every run, unless `PROPTEST_RNG_SEED` says otherwise.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 2_000,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn on_conditions(source in conditions(), request in requests()) {
        evaluators_agree(&source, &request_of(&request));
    }

    #[test]
    fn on_broken_texts(source in broken_texts(), request in requests()) {
        evaluators_agree(&source, &request_of(&request));
    }

    #[test]
    fn on_any_operator_and_value(
        source in comparisons(),
        a in prop::option::weighted(0.9, attribute_values()),
        b in prop::option::weighted(0.8, attribute_values()),
    ) {
        let mut request = AccessRequest::new("a/read");
        for (key, value) in [("@request[A]", a), ("@Request[b]", b)] {
            if let Some(value) = value {
                request = request.attribute(key, value).unwrap();
            }
        }
        evaluators_agree(&source, &request);
    }

    #[test]
    fn on_patterns(pattern in "[ab*?\\\\é]{0,8}", text in "[abé*?\\\\]{0,10}") {
        let request = AccessRequest::new("a/read").attribute("@Request[a]", text).unwrap();
        evaluators_agree(&format!("@Request[a] StringLike '{pattern}'"), &request);
    }

    #[test]
    fn on_action_patterns(pattern in "[aB/*?]{1,8}", action in "[Ab/?]{1,10}") {
        evaluators_agree(&format!("ActionMatches{{'{pattern}'}}"), &AccessRequest::new(action));
    }
}

/// The generators reach every outcome; otherwise agreement would say little.
#[test]
fn every_outcome_is_reached() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (conditions, requests) = (conditions(), requests());
    let mut seen = [0_u32; 3];
    for _ in 0..500 {
        let source = conditions.new_tree(&mut runner).unwrap().current();
        let request = requests.new_tree(&mut runner).unwrap().current();
        seen[evaluators_agree(&source, &request_of(&request)) as usize] += 1;
    }
    assert!(seen.iter().all(|count| *count > 20), "{seen:?}");
}
