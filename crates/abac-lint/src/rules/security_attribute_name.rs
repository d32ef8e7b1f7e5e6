//! `security-attribute-name`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_catalog::NameForm;
use abac_syntax::AttributeSource;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "security-attribute-name",
    severity: Severity::Warning,
    summary: "a custom security attribute does not have the form `<set>_<name>`",
    category: Category::Attribute,
    check,
};

/// *Documented*: sets and attributes have at most 32 characters each (Microsoft Graph,
/// customSecurityAttributeDefinition).
const LONGEST: usize = 32 + 1 + 32;

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (id, attribute) in facts.tree.attributes() {
        let family = facts.meant(id).filter(|one| one.form == NameForm::SecurityAttribute);
        if family.is_none() || attribute.source != Some(AttributeSource::Principal) {
            continue;
        }
        let name = facts.text(attribute.name).trim();
        let parts = name.split_once('_');
        let both = parts.is_some_and(|(set, rest)| !set.is_empty() && !rest.is_empty());
        let plain = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        if both && plain && name.chars().count() <= LONGEST {
            continue;
        }
        let shown = shown(name);
        let (message, help) = if !both {
            (
                format!(
                    "`{shown}` has no attribute set in front; only `<set>_<name>` is documented"
                ),
                "write the attribute set, an underscore and the attribute: `Engineering_Project`",
            )
        } else if !plain {
            (
                format!("`{shown}` is no name of a custom security attribute"),
                "names have letters, digits and underscores only",
            )
        } else {
            (
                format!("`{shown}` is too long for a custom security attribute"),
                "attribute set and attribute have at most 32 characters each",
            )
        };
        report.push(report.at(attribute.name, message).help(help));
    }
}
