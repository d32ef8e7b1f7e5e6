//! All engines do the same work, and grantif does it without allocating.

use bench::case::{CASES, CONDITION};
use bench::grantif;

#[test]
fn evaluation_does_not_allocate() {
    let program = grantif::compile(CONDITION);
    for case in &CASES {
        let request = grantif::request(case);
        let mut allowed = false;
        let counted = allocation_counter::measure(|| allowed = grantif::decide(&program, &request));
        assert_eq!(allowed, case.allowed, "{}", case.name);
        assert_eq!(counted.count_total, 0, "{}: {counted:?}", case.name);
    }
}

#[test]
fn the_counter_counts() {
    let counted = allocation_counter::measure(|| drop(grantif::parse(CONDITION)));
    assert!(counted.count_total > 0);
}

#[test]
fn all_engines_decide_alike() {
    bench::assert_agreement();
}

#[test]
fn the_full_condition_is_full_and_in_order() {
    let text = bench::full::condition();
    assert!((8_000..=bench::full::LIMIT).contains(&text.len()), "{}", text.len());
    grantif::parse(&text);
}
