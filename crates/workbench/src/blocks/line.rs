//! One comparison as a form.

use crate::condition::Condition;
use crate::pickers::{LineOperator, ValueKind, ValueProblem, literal, value_kind};
use crate::position::Range;
use abac_catalog::Catalog;
use abac_syntax::{
    AttributeId, AttributeSource, ExprId, ExprKind, LiteralKind, Operand, ValueType,
};
use diagnostics::Span;

/// An attribute, an operator and what it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The attribute.
    pub attribute: LineSide,
    /// The operator; `None` for `Exists`.
    pub operator: Option<LineOperator>,
    /// The operator in words.
    pub words: &'static str,
    /// What kind of values are picked; `None` for `Exists`.
    pub value_kind: Option<ValueKind>,
    /// The values; empty where another attribute stands there.
    pub values: Vec<LineValue>,
    /// The attribute that stands in the place of values.
    pub other: Option<LineSide>,
    pub(crate) operator_span: Span,
    pub(crate) right_span: Span,
    pub(crate) is_set: bool,
}

/// An attribute reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineSide {
    /// The source.
    pub source: AttributeSource,
    /// What stands between the brackets.
    pub body: String,
    /// The catalog's id, where the attribute is known.
    pub id: Option<String>,
    /// The portal's name, or what stands between the brackets.
    pub name: String,
    /// The key or the name of the security attribute that the author chose.
    pub key: Option<String>,
    pub(crate) span: Span,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineValue {
    /// The value, without quotes; a GUID in small letters with dashes.
    pub text: String,
    /// The name behind a GUID.
    pub name: Option<String>,
    /// Where it stands.
    pub range: Range,
    pub(crate) span: Span,
}

pub(super) fn read(condition: &Condition, catalog: &Catalog, id: ExprId) -> Option<Line> {
    let tree = condition.tree();
    match tree.kind(id) {
        ExprKind::Exists { attribute, name } => Some(Line {
            attribute: side(condition, catalog, attribute)?,
            operator: None,
            words: "exists",
            value_kind: None,
            values: Vec::new(),
            other: None,
            operator_span: name,
            right_span: Span::at(tree.expr(id).span.end),
            is_set: false,
        }),
        ExprKind::Comparison { left: Operand::Attribute(left), operator, right } => {
            let function = operator.function?;
            let written = LineOperator { quantifier: operator.quantifier, comparison: function };
            let attribute = side(condition, catalog, left)?;
            let other = match right {
                Operand::Attribute(other) => Some(side(condition, catalog, other)?),
                Operand::Missing(_) => return None,
                Operand::Literal(_) | Operand::Set { .. } => None,
            };
            let mut values = Vec::new();
            for literal in tree.operand_literals(right) {
                if matches!(literal.kind, LiteralKind::Bare | LiteralKind::Hole) {
                    return None;
                }
                // GUIDs are told apart by what they are, not by how they are spelled.
                let (text, name) = match literal.kind {
                    LiteralKind::Guid(guid) => {
                        let text = guid.to_string();
                        let name = name(catalog, &text);
                        (text, name)
                    }
                    _ => (literal.text(condition.text()).into_owned(), None),
                };
                let range = condition.range(literal.span);
                values.push(LineValue { text, name, range, span: literal.span });
            }
            let known = attribute.id.as_deref().and_then(|id| catalog.attribute(id));
            Some(Line {
                value_kind: Some(value_kind(known, function)),
                attribute,
                operator: Some(written),
                words: written.words(),
                values,
                other,
                operator_span: operator.span,
                right_span: tree.operand_span(right),
                is_set: matches!(right, Operand::Set { .. }),
            })
        }
        _ => None,
    }
}

fn name(catalog: &Catalog, guid: &str) -> Option<String> {
    let role = catalog.role(guid).map(|role| role.name());
    role.or_else(|| catalog.principal(guid)).map(str::to_owned)
}

fn side(condition: &Condition, catalog: &Catalog, id: AttributeId) -> Option<LineSide> {
    let attribute = condition.tree().attribute(id);
    let source = attribute.source?;
    let body = attribute.body.of(condition.text());
    let found = catalog.match_attribute(body);
    let known = found.as_ref().and_then(|one| one.through(source.as_str()).or(one.attribute()));
    Some(LineSide {
        source,
        body: body.to_owned(),
        id: known.map(|one| one.id.to_string()),
        name: known.map_or_else(|| body.to_owned(), |one| one.display_name.to_string()),
        key: found.as_ref().and_then(|one| one.key).map(str::to_owned),
        span: attribute.span,
    })
}

/// A line that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// The source.
    pub source: AttributeSource,
    /// What stands between the brackets.
    pub body: String,
    /// The operator; `None` for `Exists`.
    pub operator: Option<LineOperator>,
    /// The values as they were typed, without quotes. Without any, a value that nothing has is
    /// written, to be replaced.
    pub values: Vec<String>,
}

impl NewLine {
    /// Makes the line that people most likely want for an attribute: its most common operator.
    #[must_use]
    pub fn usual(
        catalog: &Catalog,
        source: AttributeSource,
        attribute: &str,
        key: &str,
    ) -> Option<Self> {
        let attribute = catalog.attribute(attribute)?;
        let operator = crate::pickers::operators(attribute).into_iter().next()?.operator;
        Some(Self { source, body: attribute.body(key), operator, values: Vec::new() })
    }

    /// Writes the line.
    ///
    /// # Errors
    ///
    /// A value that is none of the operator's type.
    pub(crate) fn write(&self) -> Result<String, ValueProblem> {
        let attribute = format!("@{}[{}]", self.source.as_str(), self.body);
        let Some(operator) = self.operator else { return Ok(format!("Exists {attribute}")) };
        let values = values(operator, &self.values, operator.quantifier.is_some())?;
        Ok(format!("{attribute} {} {values}", operator.name()))
    }
}

/// Writes values behind an operator.
pub(super) fn values(
    operator: LineOperator,
    texts: &[String],
    set: bool,
) -> Result<String, ValueProblem> {
    let value_type = operator.comparison.value_type();
    let mut literals = Vec::with_capacity(texts.len());
    for text in texts {
        literals.push(literal(value_type, text)?);
    }
    if literals.is_empty() {
        literals.push(nothing(value_type).to_owned());
    }
    let list = literals.join(", ");
    Ok(if set || literals.len() > 1 { format!("{{{list}}}") } else { list })
}

/// A value that stands until somebody chooses one, and that no request has.
const fn nothing(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::String => "''",
        ValueType::Numeric => "0",
        ValueType::DateTime => "'2099-12-31T00:00:00.0Z'",
        ValueType::Guid => "00000000-0000-0000-0000-000000000000",
        ValueType::Bool => "true",
    }
}
