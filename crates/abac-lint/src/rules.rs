//! The list of rules; each is one file and one page.

mod action_without_condition_support;
mod always_true_negation;
mod apostrophe_escape;
mod attribute_compared_with_itself;
mod attribute_not_available;
mod classic_administrator;
mod clause_never_matters;
mod condition_version;
mod contradiction;
mod date_time_zone;
mod deny_list_of_roles;
mod double_quoted_string;
mod duplicate_clause;
mod duplicate_guard;
mod duplicate_value;
mod empty_string;
mod escaped_backslash;
mod existing_assignment;
mod guard_not_negated;
mod guards_joined_with_or;
mod hierarchical_namespace_attribute;
mod keyword_letter_case;
mod legacy_attribute;
mod like_without_wildcard;
mod literal_not_for_operator;
mod literal_on_both_sides;
mod literal_on_left;
mod log_analytics_string_like;
mod log_analytics_value_characters;
mod malformed_date_time;
mod marker_eaten_by_shell;
mod missing_attribute_sensitivity;
mod missing_quantifier;
mod missing_suboperation;
mod mixed_and_or;
mod near_limit;
mod never_true;
mod old_read_guard;
mod operator_letter_case;
mod operator_not_for_attribute;
mod operator_not_for_type;
mod prefix_without_slash;
mod preview_attribute;
mod principal_attribute_with_pim;
mod privileged_role;
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
mod too_long;
mod unexpected_case_marker;
mod unguarded_expression;
mod unguarded_sibling_action;
mod unknown_action;
mod unknown_attribute;
mod unknown_role;
mod unknown_suboperation;
mod unlisted_value;
mod url_encoded_path;
mod wildcard_in_equals;
mod wildcard_in_suboperation;
mod writable_tag;
mod write_without_delete;
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
        always_true_negation "always-true-negation",
        apostrophe_escape "apostrophe-escape",
        attribute_compared_with_itself "attribute-compared-with-itself",
        attribute_not_available "attribute-not-available",
        classic_administrator "classic-administrator",
        clause_never_matters "clause-never-matters",
        condition_version "condition-version",
        contradiction "contradiction",
        date_time_zone "date-time-zone",
        deny_list_of_roles "deny-list-of-roles",
        double_quoted_string "double-quoted-string",
        duplicate_clause "duplicate-clause",
        duplicate_guard "duplicate-guard",
        duplicate_value "duplicate-value",
        empty_string "empty-string",
        escaped_backslash "escaped-backslash",
        existing_assignment "existing-assignment",
        guard_not_negated "guard-not-negated",
        guards_joined_with_or "guards-joined-with-or",
        hierarchical_namespace_attribute "hierarchical-namespace-attribute",
        keyword_letter_case "keyword-letter-case",
        legacy_attribute "legacy-attribute",
        like_without_wildcard "like-without-wildcard",
        literal_not_for_operator "literal-not-for-operator",
        literal_on_both_sides "literal-on-both-sides",
        literal_on_left "literal-on-left",
        log_analytics_string_like "log-analytics-string-like",
        log_analytics_value_characters "log-analytics-value-characters",
        malformed_date_time "malformed-date-time",
        marker_eaten_by_shell "marker-eaten-by-shell",
        missing_attribute_sensitivity "missing-attribute-sensitivity",
        missing_quantifier "missing-quantifier",
        missing_suboperation "missing-suboperation",
        mixed_and_or "mixed-and-or",
        near_limit "near-limit",
        never_true "never-true",
        old_read_guard "old-read-guard",
        operator_letter_case "operator-letter-case",
        operator_not_for_attribute "operator-not-for-attribute",
        operator_not_for_type "operator-not-for-type",
        prefix_without_slash "prefix-without-slash",
        preview_attribute "preview-attribute",
        principal_attribute_with_pim "principal-attribute-with-pim",
        privileged_role "privileged-role",
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
        too_long "too-long",
        unexpected_case_marker "unexpected-case-marker",
        unguarded_expression "unguarded-expression",
        unguarded_sibling_action "unguarded-sibling-action",
        unknown_action "unknown-action",
        unknown_attribute "unknown-attribute",
        unknown_role "unknown-role",
        unknown_suboperation "unknown-suboperation",
        unlisted_value "unlisted-value",
        url_encoded_path "url-encoded-path",
        wildcard_in_equals "wildcard-in-equals",
        wildcard_in_suboperation "wildcard-in-suboperation",
        writable_tag "writable-tag",
        write_without_delete "write-without-delete",
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
