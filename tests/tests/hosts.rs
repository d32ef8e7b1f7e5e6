//! The laws of conditions within other files, asked of generated input.

use integration_tests::generate::{broken_texts, conditions};
use integration_tests::laws;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

/// The same input in every run, unless `PROPTEST_RNG_SEED` says otherwise.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Pieces that mean something to at least one host.
const FRAGMENTS: &[&str] = &[
    "'",
    "''",
    "'''",
    "\"",
    "\"\"",
    "`",
    "`\n",
    "\\",
    "\\'",
    "\\\"",
    "\\u0041",
    "\\u{41}",
    "$",
    "${",
    "${x}",
    "$${",
    "$(",
    "$(x)",
    "$x",
    "%{",
    "%{ for x in y }",
    "%{ endfor }",
    "{",
    "{{",
    "{0}",
    "}",
    "}}",
    "[",
    "[[",
    "]",
    "(",
    ")",
    "@'",
    "'@",
    "@\"",
    "\"@",
    "@{",
    "@(",
    "<<EOF",
    "<<-EOT\n",
    "\nEOF\n",
    "\nEOT\n",
    "#",
    "//",
    "/*",
    "*/",
    "<#",
    "#>",
    "\n",
    "\r\n",
    "\t",
    "  ",
    "- ",
    ": ",
    "|",
    "|-\n",
    ">\n",
    "```",
    "```bash\n",
    "###\n",
    "=",
    "+",
    "-f ",
    "-join ",
    ",",
    "?",
    "??",
    ";",
    "&",
    "condition",
    "condition: ",
    "condition = ",
    "\"condition\": ",
    "--condition ",
    "-Condition ",
    "conditionVersion",
    "resource ",
    "param ",
    "var ",
    "func ",
    "locals {",
    "resource \"azurerm_role_assignment\" \"a\" {",
    "az role assignment create ",
    "New-AzRoleAssignment ",
    "'Microsoft.Authorization/roleAssignments@2022-04-01' = {",
    "concat(",
    "format(",
    "join(",
    "replace(",
    "[concat('",
    "')]",
    "templatefile(",
    "run: |\n",
    "@Resource[a:b] StringEquals 'c'",
    "ActionMatches{'a/b'}",
    "roleAssignments",
    "ä",
    "名",
    "🔐",
    "“",
    "’",
    "\u{feff}",
    "\u{1}",
];

fn anything() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        6 => select(FRAGMENTS).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(fragment, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn what_is_written_is_found(text in conditions()) {
        laws::written_is_found(&text);
    }

    #[test]
    fn what_is_emitted_is_found(text in conditions()) {
        laws::emitted_is_found(&text);
    }

    #[test]
    fn layouts_within_hosts_are_meant(text in conditions()) {
        laws::host_layouts_are_meant(&text);
    }

    #[test]
    fn any_text_is_read(text in anything()) {
        // With a word that no file without it is read for.
        laws::hosts_take_anything(&format!("{text} roleAssignments"));
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn fixes_within_hosts_are_meant(text in prop_oneof![conditions(), broken_texts()]) {
        if text.contains("@Re") || text.contains("ActionMatches{") {
            laws::host_fixes_are_meant(&text);
        }
    }
}
