//! Which service an attribute belongs to.

use crate::facts::Facts;
use abac_syntax::AttributeId;

/// Says whether an attribute is one of Log Analytics, which reads conditions as queries of its own.
pub(crate) fn is_log_analytics(facts: &Facts<'_>, attribute: AttributeId) -> bool {
    catalog_id(facts, attribute).is_some_and(|id| id.starts_with("la."))
}

/// Returns the catalog's id of an attribute, its source left aside.
pub(crate) fn catalog_id<'f>(facts: &'f Facts<'_>, attribute: AttributeId) -> Option<&'f str> {
    Some(facts.known(attribute)?.attribute()?.id.as_ref())
}
