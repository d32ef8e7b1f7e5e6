//! The list of rules; each is one file and one page.

mod quantifier_not_documented;
mod quoted_boolean;
mod quoted_guid;

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
        quantifier_not_documented "quantifier-not-documented",
        quoted_boolean "quoted-boolean",
        quoted_guid "quoted-guid",
    }
    parser {
    }
}
