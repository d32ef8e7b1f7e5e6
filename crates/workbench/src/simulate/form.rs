//! The form for one request: only what the condition reads for an action, with the values that
//! matter.

mod suggestion;

pub use suggestion::Suggestion;

use crate::condition::Condition;
use crate::pickers::{LineOperator, ValueKind, ValueProblem, literal, value_kind};
use abac_catalog::{Attribute, Catalog, matches_action, matches_suboperation};
use abac_eval::{AttributeKey, AttributeValue, Value};
use abac_syntax::{
    AttributeId, AttributeSource, Block, ExprId, ExprKind, Guard, Literal, Operand, Operator,
    ValueType, blocks,
};

/// An action that a request can be for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionOption {
    /// The permission string.
    pub action: String,
    /// The suboperation.
    pub suboperation: Option<String>,
    /// The portal's name.
    pub name: String,
}

/// Returns the actions that a condition is about, and last one that it is not about, so that it can
/// be seen what passes.
#[must_use]
pub fn actions(condition: &Condition, catalog: &Catalog) -> Vec<ActionOption> {
    let tree = condition.tree();
    let text = |id| tree.literal(id).text(condition.text()).into_owned();
    let mut found: Vec<ActionOption> = Vec::new();
    for guard in blocks(tree).iter().flat_map(|block| &block.guards) {
        let pattern = guard.action.map_or_else(|| "*".to_owned(), text);
        let asked = guard.suboperations.iter().find(|one| !one.negated).map(|one| text(one.name));
        let mut known = false;
        for action in catalog.actions_matching(&pattern) {
            let target = action.suboperation.filter(|target| !target.negated);
            let option = ActionOption {
                action: action.action.to_owned(),
                suboperation: target.map(|target| target.name.to_owned()),
                name: action.display_name.to_owned(),
            };
            if covers(condition, guard, &option.action, option.suboperation.as_deref()) {
                known = true;
                push(&mut found, option);
            }
        }
        if !known && !pattern.contains('*') {
            let option =
                ActionOption { name: pattern.clone(), action: pattern, suboperation: asked };
            push(&mut found, option);
        }
    }
    let other = catalog.actions().find(|action| {
        !found.iter().any(|one| one.action.eq_ignore_ascii_case(action.action))
            && !is_about(condition, action.action, None)
    });
    if let Some(action) = other {
        found.push(ActionOption {
            action: action.action.to_owned(),
            suboperation: None,
            name: format!("Another action: {}", action.display_name),
        });
    }
    found
}

fn push(found: &mut Vec<ActionOption>, option: ActionOption) {
    let same = |one: &ActionOption| {
        one.action.eq_ignore_ascii_case(&option.action) && one.suboperation == option.suboperation
    };
    if !found.iter().any(same) {
        found.push(option);
    }
}

/// One field of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The reference, `@Request[…]`, as the condition first writes it.
    pub key: String,
    /// The portal's name.
    pub name: String,
    /// The source.
    pub source: AttributeSource,
    /// What the operators compare it as.
    pub value_type: ValueType,
    /// What kind of value is picked.
    pub kind: ValueKind,
    /// Whether it has several values.
    pub takes_several: bool,
    /// Values on either side of a decision, the likeliest first, and last that it is missing.
    pub suggestions: Vec<Suggestion>,
}

/// Returns the attributes that a condition reads for an action.
#[must_use]
pub fn fields(
    condition: &Condition,
    catalog: &Catalog,
    action: &str,
    suboperation: Option<&str>,
) -> Vec<Field> {
    let mut reader = Reader { condition, catalog, fields: Vec::new(), keys: Vec::new() };
    for block in blocks(condition.tree()) {
        if is_asked(condition, &block, action, suboperation) {
            for id in &block.alternatives {
                reader.read(*id);
            }
        }
    }
    for field in &mut reader.fields {
        field.suggestions.push(Suggestion::missing());
    }
    reader.fields
}

/// Reads a value of a field as it was typed; several stand one a line. Nothing is missing.
///
/// # Errors
///
/// A text that is no value of the field's type.
pub fn value_of(field: &Field, text: &str) -> Result<Option<AttributeValue>, ValueProblem> {
    let one = |text: &str| {
        literal(field.value_type, text)?;
        Ok(typed(field.value_type, text))
    };
    if field.takes_several {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let values = lines.map(one).collect::<Result<Vec<_>, _>>()?;
        return Ok((!values.is_empty()).then_some(AttributeValue::Many(values)));
    }
    if text.is_empty() { Ok(None) } else { Ok(Some(AttributeValue::One(one(text)?))) }
}

/// Makes a value of a type from text that is one.
pub(super) fn typed(value_type: ValueType, text: &str) -> Value {
    match value_type {
        ValueType::Numeric => {
            text.trim().parse().map_or_else(|_| Value::from(text), Value::Integer)
        }
        ValueType::Bool => Value::Boolean(text.trim().eq_ignore_ascii_case("true")),
        ValueType::String => Value::from(text),
        ValueType::DateTime | ValueType::Guid => Value::from(text.trim()),
    }
}

fn is_about(condition: &Condition, action: &str, suboperation: Option<&str>) -> bool {
    blocks(condition.tree()).iter().any(|block| {
        block.guards.iter().any(|guard| covers(condition, guard, action, suboperation))
    })
}

/// Says whether a block asks something of requests for an action.
fn is_asked(
    condition: &Condition,
    block: &Block,
    action: &str,
    suboperation: Option<&str>,
) -> bool {
    block.guards.is_empty()
        || block.guards.iter().any(|guard| covers(condition, guard, action, suboperation))
}

fn covers(condition: &Condition, guard: &Guard, action: &str, suboperation: Option<&str>) -> bool {
    let text = |id| condition.tree().literal(id).text(condition.text()).into_owned();
    guard.action.is_none_or(|id| matches_action(&text(id), action))
        && guard.suboperations.iter().all(|one| {
            let pattern = text(one.name);
            let same = suboperation.is_some_and(|name| matches_suboperation(&pattern, name));
            same != one.negated
        })
}

struct Reader<'c> {
    condition: &'c Condition,
    catalog: &'c Catalog,
    fields: Vec<Field>,
    // Invariant: the normalised keys of the fields, in step with them.
    keys: Vec<String>,
}

impl Reader<'_> {
    fn read(&mut self, id: ExprId) {
        let tree = self.condition.tree();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            match tree.kind(id) {
                ExprKind::Exists { attribute, .. } => {
                    self.field(attribute, None);
                }
                ExprKind::Comparison { left, operator, right } => {
                    for (side, other) in [(left, right), (right, left)] {
                        if let Operand::Attribute(attribute) = side
                            && let Some(place) = self.field(attribute, Some(operator))
                        {
                            let literals = tree.operand_literals(other).to_vec();
                            self.suggest(place, operator, &literals);
                        }
                    }
                }
                _ => open.extend(tree.subexpressions(id).into_iter().rev()),
            }
        }
    }

    /// Returns the place of the attribute's field; the first comparison tells its type.
    fn field(&mut self, id: AttributeId, operator: Option<Operator>) -> Option<usize> {
        let tree = self.condition.tree();
        let key = AttributeKey::of(self.condition.text(), tree, id);
        let comparison = operator.and_then(|one| one.function);
        if let Some(place) = self.keys.iter().position(|known| known == key.normalised()) {
            if let (Some(comparison), Some(field)) = (comparison, self.fields.get_mut(place))
                && field.suggestions.is_empty()
            {
                let known = attribute(self.condition, self.catalog, id);
                field.value_type = comparison.value_type();
                field.kind = value_kind(known, comparison);
            }
            return Some(place);
        }
        let written = tree.attribute(id);
        let known = attribute(self.condition, self.catalog, id);
        let catalogued = known.and_then(Attribute::value_type).map(of_catalog);
        let value_type =
            comparison.map(|one| one.value_type()).or(catalogued).unwrap_or(ValueType::String);
        self.fields.push(Field {
            name: known.map_or_else(|| key.to_string(), |one| one.display_name.to_string()),
            key: key.to_string(),
            source: written.source?,
            value_type,
            kind: comparison.map_or(ValueKind::Text, |one| value_kind(known, one)),
            takes_several: known.is_some_and(|one| one.multi_valued == Some(true)),
            suggestions: Vec::new(),
        });
        self.keys.push(key.normalised().to_owned());
        Some(self.fields.len() - 1)
    }

    fn suggest(&mut self, place: usize, operator: Operator, literals: &[Literal]) {
        let Some(comparison) = operator.function else { return };
        let operator = LineOperator { quantifier: operator.quantifier, comparison };
        let text = self.condition.text();
        let values: Vec<String> =
            literals.iter().map(|literal| literal.text(text).into_owned()).collect();
        if let Some(field) = self.fields.get_mut(place)
            && field.value_type == comparison.value_type()
        {
            suggestion::add(field, operator, &values, self.catalog);
        }
    }
}

fn attribute<'k>(
    condition: &Condition,
    catalog: &'k Catalog,
    id: AttributeId,
) -> Option<&'k Attribute> {
    let written = condition.tree().attribute(id);
    let found = catalog.match_attribute(written.body.of(condition.text()))?;
    found.through(written.source?.as_str()).or(found.attribute())
}

const fn of_catalog(value_type: abac_catalog::ValueType) -> ValueType {
    match value_type {
        abac_catalog::ValueType::String => ValueType::String,
        abac_catalog::ValueType::Integer => ValueType::Numeric,
        abac_catalog::ValueType::DateTime => ValueType::DateTime,
        abac_catalog::ValueType::Guid => ValueType::Guid,
        abac_catalog::ValueType::Boolean => ValueType::Bool,
    }
}
