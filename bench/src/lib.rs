//! What the benchmarks share: one condition, four requests, and the engines that decide them.
#![allow(missing_docs, reason = "the peers are internal")]

pub mod case;
pub mod full;
pub mod grantif;
pub mod peers;

use case::{CASES, CONDITION};

/// Checks that every engine decides every case alike, so that all do the same work.
///
/// # Panics
///
/// Where one does not.
pub fn assert_agreement() {
    use peers::{cedar, cel, regorus};
    let (by_regorus, by_cedar, by_cel) =
        (regorus::parse(regorus::TEXT), cedar::parse(cedar::TEXT), cel::parse(cel::TEXT));
    let by_grantif = grantif::compile(CONDITION);
    for case in &CASES {
        let name = case.name;
        let request = grantif::request(case);
        assert_eq!(grantif::decide(&by_grantif, &request), case.allowed, "grantif: {name}");
        assert_eq!(
            regorus::decide(&by_regorus, &regorus::request(case)),
            case.allowed,
            "regorus: {name}"
        );
        assert_eq!(cedar::decide(&by_cedar, &cedar::request(case)), case.allowed, "cedar: {name}");
        assert_eq!(cel::decide(&by_cel, &cel::request(case)), case.allowed, "cel: {name}");
    }
}
