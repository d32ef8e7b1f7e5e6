//! Single clauses: calls, `Exists`, comparisons.

use crate::decision::Truth;
use crate::letter_case::fold;
use crate::prepared::{PreparedRequest, Slot, Text, Types, Values};
use crate::wildcard::{matches_action, matches_like};
use crate::{date_time, guid};
use abac_syntax::{
    AttributeId, Comparison, ExprId, ExprKind, Function, Literal, LiteralId, LiteralKind, Operand,
    Quantifier, Relation, Tree, ValueType,
};
use diagnostics::Span;
use std::collections::HashMap;

/// A compiled clause.
#[derive(Debug, Clone)]
pub(crate) enum Leaf {
    /// No request can decide it.
    Unknown(Obstacle),
    /// An action without a wildcard, in lower case.
    ExactAction(Box<str>),
    Action(ActionPattern),
    SubOperation(ActionPattern),
    Exists(u32),
    Comparison(Box<Test>),
}

/// Why a clause cannot be decided for any request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// The text could not be read.
    Unreadable(Span),
    /// A template hole stands there.
    Hole(Span),
    /// The operator is not known.
    Operator(Span),
    /// One side of a comparison is not there.
    Operand(Span),
    /// A literal cannot be read as the operator's type.
    LiteralType(Span, ValueType),
}

#[derive(Debug, Clone)]
pub(crate) struct ActionPattern {
    folded: Box<str>,
    wildcard: bool,
}

/// A compiled comparison.
#[derive(Debug, Clone)]
pub(crate) struct Test {
    pub(crate) left: Side,
    pub(crate) right: Side,
    /// The operator compares one value with one value.
    pub(crate) scalar: bool,
    all_left: bool,
    all_right: bool,
    pub(crate) value_type: ValueType,
    pub(crate) relation: Relation,
    pub(crate) negated: bool,
    pub(crate) ignores_case: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum Side {
    /// A place in the table of slots.
    Attribute(u32),
    Literals(Values),
}

/// Collects the attributes a condition asks for, each once.
#[derive(Default)]
pub(crate) struct Slots {
    slots: Vec<Slot>,
    places: HashMap<String, u32>,
}

impl Slots {
    fn place(&mut self, key: String) -> u32 {
        let slots = &mut self.slots;
        *self.places.entry(key).or_insert_with_key(|key| {
            slots.push(Slot::new(key));
            // The text is bounded far below as many attributes; a slot out of reach is missing.
            u32::try_from(slots.len() - 1).unwrap_or(u32::MAX)
        })
    }

    pub(crate) fn into_slots(self) -> Box<[Slot]> {
        self.slots.into()
    }
}

/// The parts that every step of compiling a clause needs.
struct Context<'c> {
    source: &'c str,
    tree: &'c Tree,
    slots: &'c mut Slots,
}

impl Leaf {
    /// Compiles a single clause; `None` for what joins clauses.
    pub(crate) fn compile(
        source: &str,
        tree: &Tree,
        id: ExprId,
        slots: &mut Slots,
    ) -> Option<Self> {
        let span = tree.expr(id).span;
        let mut context = Context { source, tree, slots };
        let leaf = match tree.kind(id) {
            ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Not { .. } | ExprKind::Group(_) => {
                return None;
            }
            ExprKind::Error => Err(Obstacle::Unreadable(span)),
            ExprKind::Hole => Err(Obstacle::Hole(span)),
            ExprKind::Call { function, argument, .. } => {
                context.pattern(argument, span).map(|pattern| match function {
                    Function::ActionMatches if !pattern.wildcard => {
                        Self::ExactAction(pattern.folded)
                    }
                    Function::ActionMatches => Self::Action(pattern),
                    Function::SubOperationMatches => Self::SubOperation(pattern),
                })
            }
            ExprKind::Exists { attribute, .. } => context.attribute(attribute).map(Self::Exists),
            ExprKind::Comparison { left, operator, right } => match operator.function {
                Some(function) => context
                    .test(left, function, operator.quantifier, right)
                    .map(|test| Self::Comparison(Box::new(test))),
                None => Err(Obstacle::Operator(operator.span)),
            },
        };
        Some(leaf.unwrap_or_else(Self::Unknown))
    }

    /// Evaluates the clause.
    #[inline]
    pub(crate) fn truth(&self, slots: &[Slot], request: &PreparedRequest) -> Truth {
        match self {
            Self::ExactAction(action) => Truth::from(**action == *request.action),
            Self::Comparison(test) => test.truth(slots, request),
            _ => self.rare_truth(slots, request),
        }
    }

    /// Evaluates what a role delegation seldom has; apart, so that the rest is inlined.
    #[inline(never)]
    fn rare_truth(&self, slots: &[Slot], request: &PreparedRequest) -> Truth {
        match self {
            Self::ExactAction(action) => Truth::from(**action == *request.action),
            Self::Action(pattern) => Truth::from(pattern.matches(&request.action)),
            Self::SubOperation(pattern) => {
                let name = request.suboperation.as_deref();
                Truth::from(name.is_some_and(|name| pattern.matches(name)))
            }
            Self::Exists(slot) => match slots.get(*slot as usize) {
                Some(slot) => Truth::from(request.find(slot).is_some()),
                None => Truth::Unknown,
            },
            Self::Comparison(test) => test.truth(slots, request),
            Self::Unknown(_) => Truth::Unknown,
        }
    }
}

impl ActionPattern {
    fn matches(&self, name: &str) -> bool {
        if self.wildcard { matches_action(&self.folded, name) } else { *self.folded == *name }
    }
}

impl Context<'_> {
    fn pattern(&self, argument: Option<LiteralId>, span: Span) -> Result<ActionPattern, Obstacle> {
        let literal = self.tree.literal(argument.ok_or(Obstacle::Unreadable(span))?);
        let folded = fold(&self.text(literal)?).into_boxed_str();
        let wildcard = folded.contains('*');
        Ok(ActionPattern { folded, wildcard })
    }

    fn attribute(&mut self, id: AttributeId) -> Result<u32, Obstacle> {
        let attribute = self.tree.attribute(id);
        if attribute.hole {
            return Err(Obstacle::Hole(attribute.span));
        }
        if attribute.source.is_none() {
            return Err(Obstacle::Unreadable(attribute.span));
        }
        Ok(self.slots.place(attribute.key(self.source)))
    }

    fn test(
        &mut self,
        left: Operand,
        function: Comparison,
        quantifier: Option<Quantifier>,
        right: Operand,
    ) -> Result<Test, Obstacle> {
        let value_type = function.value_type();
        Ok(Test {
            left: self.side(left, value_type)?,
            right: self.side(right, value_type)?,
            scalar: quantifier.is_none(),
            all_left: quantifier.is_some_and(Quantifier::all_left),
            all_right: quantifier.is_some_and(Quantifier::all_right),
            value_type,
            relation: function.relation(),
            negated: function.is_negated(),
            ignores_case: function.ignores_case(),
        })
    }

    fn side(&mut self, operand: Operand, value_type: ValueType) -> Result<Side, Obstacle> {
        match operand {
            Operand::Attribute(id) => self.attribute(id).map(Side::Attribute),
            Operand::Missing(span) => Err(Obstacle::Operand(span)),
            Operand::Literal(_) | Operand::Set { .. } => {
                let literals = self.tree.operand_literals(operand);
                let mut values = if literals.is_empty() {
                    Values::none()
                } else {
                    self.literals(literals, value_type)?
                };
                values.multiple = matches!(operand, Operand::Set { .. });
                Ok(Side::Literals(values))
            }
        }
    }

    /// Reads literals as values of the operator's type, quoted or not (S38).
    fn literals(&self, literals: &[Literal], value_type: ValueType) -> Result<Values, Obstacle> {
        let mut values = Values { types: Types::of(value_type), ..Values::default() };
        match value_type {
            ValueType::String => {
                let text = |literal: &Literal| match literal.kind {
                    LiteralKind::Integer(_) | LiteralKind::Boolean(_) | LiteralKind::Guid(_) => {
                        Err(Obstacle::LiteralType(literal.span, value_type))
                    }
                    _ => Ok(Text::new(&self.text(literal)?)),
                };
                values.texts = literals.iter().map(text).collect::<Result<_, _>>()?;
            }
            ValueType::Guid => {
                values.guids = self.column(literals, value_type, |kind, text| match kind {
                    LiteralKind::Guid(guid) => Some(guid.as_u128()),
                    LiteralKind::String { .. } => guid::read(text),
                    _ => None,
                })?;
            }
            ValueType::Numeric => {
                values.numbers = self.column(literals, value_type, |kind, text| match kind {
                    LiteralKind::Integer(number) => Some(number),
                    LiteralKind::String { .. } => text.parse().ok(),
                    _ => None,
                })?;
            }
            ValueType::Bool => {
                values.numbers = self.column(literals, value_type, |kind, text| match kind {
                    LiteralKind::Boolean(value) => Some(i64::from(value)),
                    LiteralKind::String { .. } if text.eq_ignore_ascii_case("true") => Some(1),
                    LiteralKind::String { .. } if text.eq_ignore_ascii_case("false") => Some(0),
                    _ => None,
                })?;
            }
            ValueType::DateTime => {
                values.numbers = self.column(literals, value_type, |kind, text| match kind {
                    LiteralKind::String { .. } => date_time::read(text),
                    _ => None,
                })?;
            }
        }
        Ok(values)
    }

    fn column<T>(
        &self,
        literals: &[Literal],
        value_type: ValueType,
        read: impl Fn(LiteralKind, &str) -> Option<T>,
    ) -> Result<Box<[T]>, Obstacle> {
        let one = |literal: &Literal| {
            let text = self.text(literal)?;
            read(literal.kind, &text).ok_or(Obstacle::LiteralType(literal.span, value_type))
        };
        literals.iter().map(one).collect()
    }

    /// Returns the text of a literal that is one.
    fn text(&self, literal: &Literal) -> Result<std::borrow::Cow<'_, str>, Obstacle> {
        match literal.kind {
            LiteralKind::Hole | LiteralKind::String { hole: true, .. } => {
                Err(Obstacle::Hole(literal.span))
            }
            LiteralKind::Bare => Err(Obstacle::Unreadable(literal.span)),
            _ => Ok(literal.text(self.source)),
        }
    }
}

impl Test {
    #[inline]
    fn truth(&self, slots: &[Slot], request: &PreparedRequest) -> Truth {
        let (Some(left), Some(right)) =
            (self.left.values(slots, request), self.right.values(slots, request))
        else {
            return Truth::Unknown;
        };
        let needed = Types::of(self.value_type);
        if self.scalar && (left.multiple || right.multiple)
            || !left.types.contains(needed)
            || !right.types.contains(needed)
        {
            return Truth::Unknown;
        }
        Truth::from(match self.value_type {
            ValueType::Guid => self.combine(&left.guids, &right.guids, |left, right| left == right),
            ValueType::String => self.compare_texts(&left.texts, &right.texts),
            ValueType::Numeric | ValueType::DateTime | ValueType::Bool => {
                self.compare_numbers(&left.numbers, &right.numbers)
            }
        })
    }

    #[inline(never)]
    fn compare_numbers(&self, left: &[i64], right: &[i64]) -> bool {
        match self.relation {
            Relation::Equals => self.combine(left, right, |left, right| left == right),
            Relation::GreaterThan => self.combine(left, right, |left, right| left > right),
            Relation::GreaterThanEquals => self.combine(left, right, |left, right| left >= right),
            Relation::LessThan => self.combine(left, right, |left, right| left < right),
            Relation::LessThanEquals => self.combine(left, right, |left, right| left <= right),
            // Only strings have these.
            Relation::StartsWith | Relation::Like => false,
        }
    }

    #[inline(never)]
    fn compare_texts(&self, left: &[Text], right: &[Text]) -> bool {
        match (self.relation, self.ignores_case) {
            (Relation::Equals, false) => self.combine(left, right, |l, r| l.exact == r.exact),
            (Relation::Equals, true) => self.combine(left, right, |l, r| l.folded == r.folded),
            (Relation::StartsWith, false) => {
                self.combine(left, right, |l, r| l.exact.starts_with(&*r.exact))
            }
            (Relation::StartsWith, true) => {
                self.combine(left, right, |l, r| l.folded.starts_with(&*r.folded))
            }
            (Relation::Like, false) => {
                self.combine(left, right, |l, r| matches_like(&r.exact, &l.exact))
            }
            (Relation::Like, true) => {
                self.combine(left, right, |l, r| matches_like(&r.folded, &l.folded))
            }
            // Strings have no order.
            (
                Relation::GreaterThan
                | Relation::GreaterThanEquals
                | Relation::LessThan
                | Relation::LessThanEquals,
                _,
            ) => false,
        }
    }

    /// Quantifies over both sides; the negation of an operator belongs to each pair of values.
    #[inline]
    fn combine<T>(&self, left: &[T], right: &[T], relation: impl Fn(&T, &T) -> bool) -> bool {
        if left.is_empty() || right.is_empty() {
            return false;
        }
        // The loop over the right side looks for one value that settles the left one: a match
        // where any is enough, a mismatch where all are needed.
        let settles = self.negated == self.all_right;
        let left_holds =
            |left: &T| right.iter().any(|right| relation(left, right) == settles) != self.all_right;
        match left {
            [left] => left_holds(left),
            _ if self.all_left => left.iter().all(left_holds),
            _ => left.iter().any(left_holds),
        }
    }
}

impl Side {
    #[inline]
    pub(crate) fn values<'v>(
        &'v self,
        slots: &[Slot],
        request: &'v PreparedRequest,
    ) -> Option<&'v Values> {
        match self {
            Self::Literals(values) => Some(values),
            Self::Attribute(slot) => request.find(slots.get(*slot as usize)?),
        }
    }
}
