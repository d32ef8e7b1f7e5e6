//! The list of rules; each is one file and one page.

mod action_without_condition_support;
mod attribute_not_available;
mod legacy_attribute;
mod literal_not_for_operator;
mod malformed_date_time;
mod marker_eaten_by_shell;
mod missing_quantifier;
mod missing_suboperation;
mod old_read_guard;
mod operator_not_for_attribute;
mod operator_not_for_type;
mod preview_attribute;
mod quantifier_not_documented;
mod quoted_boolean;
mod quoted_guid;
mod quoted_number;
mod retired_suboperation;
mod security_attribute_name;
mod set_with_single_value_operator;
mod single_value_with_quantifier;
mod source_not_available;
mod suboperation_of_other_action;
mod suboperation_without_action;
mod tag_without_case_marker;
mod unexpected_case_marker;
mod unknown_action;
mod unknown_attribute;
mod unknown_suboperation;
mod wrong_source;

use crate::rule::Rule;

/// Lists the rules of the linter and the pages of all rules.
macro_rules! registry {
    (
        linter { $($module:ident $id:literal,)* }
        parser { $($syntax:literal,)* }
    ) => {
        /// Every rule of the linter, by id.
        pub(crate) static RULES: &[Rule] = &[$($module::RULE,)*];

        /// The pages of all rules, those of the parser included.
        pub(crate) static PAGES: &[(&str, &str)] = &[
            $(($id, include_str!(concat!("../../../docs/rules/", $id, ".md"))),)*
            $(($syntax, include_str!(concat!("../../../docs/rules/", $syntax, ".md"))),)*
        ];
    };
}

registry! {
    linter {
        action_without_condition_support "action-without-condition-support",
        attribute_not_available "attribute-not-available",
        legacy_attribute "legacy-attribute",
        literal_not_for_operator "literal-not-for-operator",
        malformed_date_time "malformed-date-time",
        marker_eaten_by_shell "marker-eaten-by-shell",
        missing_quantifier "missing-quantifier",
        missing_suboperation "missing-suboperation",
        old_read_guard "old-read-guard",
        operator_not_for_attribute "operator-not-for-attribute",
        operator_not_for_type "operator-not-for-type",
        preview_attribute "preview-attribute",
        quantifier_not_documented "quantifier-not-documented",
        quoted_boolean "quoted-boolean",
        quoted_guid "quoted-guid",
        quoted_number "quoted-number",
        retired_suboperation "retired-suboperation",
        security_attribute_name "security-attribute-name",
        set_with_single_value_operator "set-with-single-value-operator",
        single_value_with_quantifier "single-value-with-quantifier",
        source_not_available "source-not-available",
        suboperation_of_other_action "suboperation-of-other-action",
        suboperation_without_action "suboperation-without-action",
        tag_without_case_marker "tag-without-case-marker",
        unexpected_case_marker "unexpected-case-marker",
        unknown_action "unknown-action",
        unknown_attribute "unknown-attribute",
        unknown_suboperation "unknown-suboperation",
        wrong_source "wrong-source",
    }
    parser {
        "attribute-in-set",
        "attribute-suffix",
        "comment",
        "curly-quotes",
        "empty-attribute",
        "empty-condition",
        "empty-set",
        "exists-argument",
        "exists-parentheses",
        "exists-position",
        "expected-attribute",
        "expected-expression",
        "integer-out-of-range",
        "invisible-character",
        "malformed-guid",
        "missing-at-sign",
        "missing-comma",
        "missing-logical-operator",
        "missing-operator",
        "missing-pattern",
        "missing-value",
        "nested-too-deeply",
        "not-exists",
        "one-pattern",
        "operator-spacing",
        "stray-comma",
        "template-hole",
        "too-large",
        "unclosed-attribute",
        "unclosed-bracket",
        "unclosed-parenthesis",
        "unclosed-string",
        "unexpected-text",
        "unknown-function",
        "unknown-operator",
        "unknown-source",
        "unmatched-parenthesis",
        "unquoted-pattern",
        "unquoted-value",
        "wrong-brackets",
    }
}
