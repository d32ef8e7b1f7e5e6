//! A naive evaluator, written straight from `docs/semantics.md`.
//!
//! It is slow on purpose: strings, recursion, no code shared with `abac-eval`. The rules it
//! follows are cited by number; where the two evaluators differ, one of them misreads the page.

use abac_eval::{AccessRequest, Value};
use abac_syntax::{
    Attribute, AttributeForm, Comparison, ExprId, ExprKind, Function, Literal, LiteralKind,
    Operand, Quantifier, Relation, Tree, ValueType,
};

/// Evaluates a condition: `None` is unknown (S2), also for an empty condition (S8).
#[must_use]
pub fn evaluate(source: &str, tree: &Tree, request: &AccessRequest) -> Option<bool> {
    Reference { source, tree, request }.expression(tree.root()?)
}

struct Reference<'r> {
    source: &'r str,
    tree: &'r Tree,
    request: &'r AccessRequest,
}

/// The values of one side, and whether they are a list or a set.
struct Side {
    values: Vec<Comparable>,
    several: bool,
}

/// A value in the form in which it is compared.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
enum Comparable {
    Text(String),
    Number(i128),
}

impl Reference<'_> {
    /// S4, S5.
    fn expression(&self, id: ExprId) -> Option<bool> {
        match self.tree.kind(id) {
            ExprKind::Group(inner) => self.expression(inner),
            ExprKind::Not { operand, .. } => Some(!self.expression(operand)?),
            ExprKind::And(children) => self.chain(self.tree.children(children), false),
            ExprKind::Or(children) => self.chain(self.tree.children(children), true),
            ExprKind::Call { function, argument, .. } => {
                let pattern = self.text(self.tree.literal(argument?))?;
                match function {
                    Function::ActionMatches => Some(action(&pattern, self.request.action())),
                    // S21: false without a suboperation.
                    Function::SubOperationMatches => Some(match self.request.suboperation_name() {
                        Some(name) => action(&pattern, name),
                        None => false,
                    }),
                }
            }
            // S11.
            ExprKind::Exists { attribute, .. } => {
                Some(self.attribute(self.tree.attribute(attribute))?.is_some())
            }
            ExprKind::Comparison { left, operator, right } => {
                self.comparison(left, operator.quantifier, operator.function?, right)
            }
            // S9.
            ExprKind::Hole | ExprKind::Error => None,
        }
    }

    /// One child of the settling value settles the chain; else one unknown makes it unknown.
    fn chain(&self, children: &[ExprId], settling: bool) -> Option<bool> {
        let values = children.iter().map(|id| self.expression(*id)).collect::<Vec<_>>();
        if values.contains(&Some(settling)) {
            Some(settling)
        } else if values.contains(&None) {
            None
        } else {
            Some(!settling)
        }
    }

    fn comparison(
        &self,
        left: Operand,
        quantifier: Option<Quantifier>,
        function: Comparison,
        right: Operand,
    ) -> Option<bool> {
        let left = self.side(left, function.value_type())?;
        let right = self.side(right, function.value_type())?;
        // S40.
        if quantifier.is_none() && (left.several || right.several) {
            return None;
        }
        // S42.
        if left.values.is_empty() || right.values.is_empty() {
            return Some(false);
        }
        let fits = |l: &Comparable, r: &Comparable| compare(function, l, r);
        let (ls, rs) = (&left.values, &right.values);
        // S41.
        Some(match quantifier {
            None | Some(Quantifier::ForAnyOfAnyValues) => {
                ls.iter().any(|l| rs.iter().any(|r| fits(l, r)))
            }
            Some(Quantifier::ForAllOfAnyValues) => ls.iter().all(|l| rs.iter().any(|r| fits(l, r))),
            Some(Quantifier::ForAnyOfAllValues) => ls.iter().any(|l| rs.iter().all(|r| fits(l, r))),
            Some(Quantifier::ForAllOfAllValues) => ls.iter().all(|l| rs.iter().all(|r| fits(l, r))),
        })
    }

    /// Returns the values of one side, or nothing where the comparison is unknown because of it.
    fn side(&self, operand: Operand, value_type: ValueType) -> Option<Side> {
        match operand {
            Operand::Attribute(id) => {
                // S10: the second question mark is a missing attribute.
                let value = self.attribute(self.tree.attribute(id))??;
                let read = |value: &Value| requested(value, value_type);
                let values = value.values().iter().map(read).collect::<Option<_>>()?;
                Some(Side { values, several: value.is_list() })
            }
            Operand::Literal(_) | Operand::Set { .. } => {
                let literals = self.tree.operand_literals(operand).iter();
                let read = |literal: &Literal| self.literal(literal, value_type);
                let values = literals.map(read).collect::<Option<_>>()?;
                Some(Side { values, several: matches!(operand, Operand::Set { .. }) })
            }
            Operand::Missing(_) => None,
        }
    }

    /// Returns the value of an attribute; nothing at all where the reference cannot be read.
    #[allow(clippy::option_option, reason = "missing and unreadable are two things")]
    fn attribute(&self, attribute: &Attribute) -> Option<Option<&abac_eval::AttributeValue>> {
        if attribute.hole || attribute.source.is_none() {
            return None;
        }
        // A reference that lacks its `@` or its bracket is an error, and read as if it were there.
        let (source, body) = (attribute.source_span, attribute.body);
        let written = format!("@{}[{}]", source.of(self.source), body.of(self.source));
        let wanted = reference(&written, attribute.form);
        let mut all = self.request.attributes();
        Some(
            all.find(|(key, _)| reference(key.as_str(), form(key.as_str())) == wanted).map(|v| v.1),
        )
    }

    /// S38.
    fn literal(&self, literal: &Literal, value_type: ValueType) -> Option<Comparable> {
        let text = self.text(literal)?;
        let quoted = matches!(literal.kind, LiteralKind::String { .. });
        match (literal.kind, value_type) {
            (_, ValueType::String) if quoted => Some(Comparable::Text(text)),
            (_, ValueType::DateTime) if quoted => instant(&text).map(Comparable::Number),
            (_, ValueType::Guid) if quoted => guid(&text).map(Comparable::Text),
            (LiteralKind::Guid(_), ValueType::Guid) => guid(&text).map(Comparable::Text),
            (LiteralKind::Integer(number), ValueType::Numeric) => {
                Some(Comparable::Number(number.into()))
            }
            (_, ValueType::Numeric) if quoted => number(&text).map(Comparable::Number),
            (LiteralKind::Boolean(value), ValueType::Bool) => {
                Some(Comparable::Number(value.into()))
            }
            (_, ValueType::Bool) if quoted => match text.to_ascii_lowercase().as_str() {
                "true" => Some(Comparable::Number(1)),
                "false" => Some(Comparable::Number(0)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns the text of a literal that could be read and has no hole (S9).
    fn text(&self, literal: &Literal) -> Option<String> {
        match literal.kind {
            LiteralKind::Hole | LiteralKind::Bare | LiteralKind::String { hole: true, .. } => None,
            _ => Some(literal.text(self.source).into_owned()),
        }
    }
}

/// S37.
fn requested(value: &Value, value_type: ValueType) -> Option<Comparable> {
    match (value, value_type) {
        (Value::String(text), ValueType::String) => Some(Comparable::Text(text.clone())),
        (Value::String(text), ValueType::Guid) => guid(text).map(Comparable::Text),
        (Value::String(text), ValueType::DateTime) => instant(text).map(Comparable::Number),
        (Value::Integer(number), ValueType::Numeric) => Some(Comparable::Number((*number).into())),
        (Value::Boolean(value), ValueType::Bool) => Some(Comparable::Number((*value).into())),
        _ => None,
    }
}

/// S12: source, path and name in lower case, a marked key as it is.
fn reference(text: &str, form: AttributeForm) -> String {
    match (form, text.split_once(':')) {
        (AttributeForm::Keyed, Some((path, key))) => {
            let key = key.split("<$").next().unwrap_or_default();
            format!("{}:{key}<$", path.to_lowercase())
        }
        _ => text.to_lowercase(),
    }
}

fn form(text: &str) -> AttributeForm {
    if text.contains("<$") { AttributeForm::Keyed } else { AttributeForm::Typed }
}

fn compare(function: Comparison, left: &Comparable, right: &Comparable) -> bool {
    let (left, right) = match (left, right) {
        (Comparable::Text(left), Comparable::Text(right)) if function.ignores_case() => {
            (Comparable::Text(lower(left)), Comparable::Text(lower(right)))
        }
        (left, right) => (left.clone(), right.clone()),
    };
    let holds = match function.relation() {
        Relation::Equals => left == right,
        Relation::GreaterThan => left > right,
        Relation::GreaterThanEquals => left >= right,
        Relation::LessThan => left < right,
        Relation::LessThanEquals => left <= right,
        Relation::StartsWith => match (&left, &right) {
            (Comparable::Text(left), Comparable::Text(right)) => left.starts_with(right.as_str()),
            _ => false,
        },
        Relation::Like => match (&left, &right) {
            (Comparable::Text(text), Comparable::Text(pattern)) => wildcard(&like(pattern), text),
            _ => false,
        },
    };
    // S32.
    holds != function.is_negated()
}

/// S31.
fn lower(text: &str) -> String {
    text.chars().filter_map(|character| character.to_lowercase().next()).collect()
}

#[derive(Clone, Copy)]
enum Token {
    Run,
    One,
    Plain(char),
}

/// S33.
fn like(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        tokens.push(match (character, characters.peek()) {
            ('\\', Some(&escaped @ ('*' | '?'))) => {
                characters.next();
                Token::Plain(escaped)
            }
            ('*', _) => Token::Run,
            ('?', _) => Token::One,
            (plain, _) => Token::Plain(plain),
        });
    }
    tokens
}

/// S20.
fn action(pattern: &str, action: &str) -> bool {
    let token = |character| if character == '*' { Token::Run } else { Token::Plain(character) };
    let tokens = lower(pattern).chars().map(token).collect::<Vec<_>>();
    wildcard(&tokens, &lower(action))
}

/// Follows every way at once: `reached` says after which prefixes of the text the pattern so far
/// can stand.
fn wildcard(pattern: &[Token], text: &str) -> bool {
    let text = text.chars().collect::<Vec<_>>();
    let mut reached = vec![false; text.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    for token in pattern {
        let mut next = Vec::new();
        for length in 0..=text.len() {
            let here = reached.get(length) == Some(&true);
            let before = length.checked_sub(1);
            let was = before.is_some_and(|before| reached.get(before) == Some(&true));
            next.push(match token {
                Token::Run => here || next.last() == Some(&true),
                Token::One => was,
                Token::Plain(character) => {
                    was && before.and_then(|before| text.get(before)) == Some(character)
                }
            });
        }
        reached = next;
    }
    reached.last() == Some(&true)
}

/// S34, S38.
fn number(text: &str) -> Option<i128> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_digit());
    let number = text.parse::<i128>().ok()?;
    (plain && i64::try_from(number).is_ok()).then_some(number)
}

/// S35: the digits in lower case, without dashes.
fn guid(text: &str) -> Option<String> {
    let parts = text.split('-').collect::<Vec<_>>();
    let lengths = parts.iter().map(|part| part.len()).collect::<Vec<_>>();
    let digits = parts.concat();
    let shaped = lengths == [8, 4, 4, 4, 12] || lengths == [32];
    let hexadecimal = digits.chars().all(|digit| digit.is_ascii_hexdigit());
    (shaped && hexadecimal).then(|| digits.to_ascii_lowercase())
}

/// S36, in hundreds of nanoseconds.
fn instant(text: &str) -> Option<i128> {
    let (date, time) = text.split_once('T')?;
    let zone = time.find(['Z', '+', '-'])?;
    let (time, zone) = time.split_at_checked(zone)?;
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    let minutes_east = match zone.split_at_checked(1)? {
        ("Z", "") => 0,
        (sign, offset) => {
            let [hours, minutes] = numbers(offset, ':', [2, 2])?;
            let east = hours * 60 + minutes;
            if sign == "Z" || minutes > 59 || east > 14 * 60 {
                return None;
            }
            if sign == "-" { -east } else { east }
        }
    };
    let plain = fraction.chars().all(|digit| digit.is_ascii_digit());
    if !plain || fraction.is_empty() || fraction.len() > 7 {
        return None;
    }
    let fraction = format!("{fraction:0<7}").parse::<i128>().ok()?;
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if year == 0 || !(1..=12).contains(&month) || day == 0 || day > days {
        return None;
    }
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    // The Julian day number, by Fliegel and Van Flandern.
    let early = (month - 14) / 12;
    let day = day - 32075 + 1461 * (year + 4800 + early) / 4 + 367 * (month - 2 - early * 12) / 12
        - 3 * ((year + 4900 + early) / 100) / 4;
    let seconds = ((day * 24 + hour) * 60 + minute - minutes_east) * 60 + second;
    Some(seconds * 10_000_000 + fraction)
}

/// Reads numbers of given widths between separators.
fn numbers<const N: usize>(text: &str, separator: char, widths: [usize; N]) -> Option<[i128; N]> {
    let parts = text.split(separator).collect::<Vec<_>>();
    let fits = parts.len() == N
        && parts.iter().zip(widths).all(|(part, width)| part.len() == width)
        && parts.iter().all(|part| part.chars().all(|digit| digit.is_ascii_digit()));
    if !fits {
        return None;
    }
    let numbers = parts.iter().map(|part| part.parse().ok()).collect::<Option<Vec<_>>>()?;
    numbers.try_into().ok()
}
