//! A request, normalised once for any number of evaluations.

use crate::key;
use crate::letter_case::fold;
use crate::request::AccessRequest;
use crate::value::{AttributeValue, Value};
use crate::{date_time, guid};
use abac_syntax::ValueType;

/// An access request in the form the evaluator reads: names in lower case, values already parsed
/// as everything they may be compared as, attributes sorted by the hash of their key.
#[derive(Debug, Clone)]
pub struct PreparedRequest {
    pub(crate) action: Box<str>,
    pub(crate) suboperation: Option<Box<str>>,
    // Invariant: `hashes` and `attributes` run in step, sorted by hash and then by key.
    hashes: Box<[u64]>,
    attributes: Box<[PreparedAttribute]>,
}

#[derive(Debug, Clone)]
struct PreparedAttribute {
    key: Box<str>,
    values: Values,
}

/// An attribute that a condition asks for.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) key: Box<str>,
    hash: u64,
}

impl Slot {
    pub(crate) fn new(normalised: &str) -> Self {
        Self { key: normalised.into(), hash: key::hash(normalised) }
    }
}

/// The values of one side of a comparison, in a column for each way they can be compared.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values {
    /// Whether this is a list or a set, whatever its length.
    pub(crate) multiple: bool,
    /// The types that every value can be read as; an empty list can be read as all.
    pub(crate) types: Types,
    pub(crate) texts: Box<[Text]>,
    pub(crate) guids: Box<[u128]>,
    /// Integers, `0` and `1` for booleans, or the ticks of instants. No value is of two of these
    /// types, so one column serves them all.
    pub(crate) numbers: Box<[i64]>,
}

#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) exact: Box<str>,
    pub(crate) folded: Box<str>,
}

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        Self { exact: text.into(), folded: fold(text).into() }
    }
}

/// A set of value types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Types(u8);

impl Types {
    const ALL: Self = Self(0b1_1111);

    pub(crate) const fn of(value_type: ValueType) -> Self {
        Self(match value_type {
            ValueType::String => 1,
            ValueType::Numeric => 2,
            ValueType::DateTime => 4,
            ValueType::Guid => 8,
            ValueType::Bool => 16,
        })
    }

    pub(crate) const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl Values {
    fn new(value: &AttributeValue) -> Self {
        let list = value.values();
        let mut made = Self { multiple: value.is_list(), ..Self::default() };
        if list.is_empty() {
            made.types = Types::ALL;
            return made;
        }
        if let Some(numbers) = column(list, |value| match value {
            Value::Integer(number) => Some(*number),
            _ => None,
        }) {
            (made.types, made.numbers) = (Types::of(ValueType::Numeric), numbers);
        } else if let Some(numbers) = column(list, |value| match value {
            Value::Boolean(value) => Some(i64::from(*value)),
            _ => None,
        }) {
            (made.types, made.numbers) = (Types::of(ValueType::Bool), numbers);
        } else if let Some(texts) = column(list, |value| text(value).map(Text::new)) {
            made.types = Types::of(ValueType::String);
            made.texts = texts;
            if let Some(guids) = column(list, |value| guid::read(text(value)?)) {
                made.types.0 |= Types::of(ValueType::Guid).0;
                made.guids = guids;
            } else if let Some(ticks) = column(list, |value| date_time::read(text(value)?)) {
                made.types.0 |= Types::of(ValueType::DateTime).0;
                made.numbers = ticks;
            }
        }
        made
    }

    /// Returns a side that holds no value at all.
    pub(crate) fn none() -> Self {
        Self { multiple: true, types: Types::ALL, ..Self::default() }
    }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Integer(_) | Value::Boolean(_) => None,
    }
}

/// Reads every value, or none where one cannot be read.
fn column<T>(values: &[Value], read: impl Fn(&Value) -> Option<T>) -> Option<Box<[T]>> {
    values.iter().map(read).collect()
}

impl PreparedRequest {
    /// Normalises a request.
    #[must_use]
    pub fn new(request: &AccessRequest) -> Self {
        let mut attributes: Vec<_> = request
            .attributes()
            .map(|(name, value)| {
                let key: Box<str> = name.normalised().into();
                (key::hash(&key), PreparedAttribute { key, values: Values::new(value) })
            })
            .collect();
        attributes.sort_by(|left, right| (left.0, &left.1.key).cmp(&(right.0, &right.1.key)));
        let (hashes, attributes): (Vec<_>, Vec<_>) = attributes.into_iter().unzip();
        Self {
            action: fold(request.action()).into(),
            suboperation: request.suboperation_name().map(|name| fold(name).into()),
            hashes: hashes.into(),
            attributes: attributes.into(),
        }
    }

    /// Finds the values of an attribute.
    #[inline]
    pub(crate) fn find(&self, slot: &Slot) -> Option<&Values> {
        const SCANNED: usize = 8;
        // A few hashes are read faster in a row than by halves.
        let mut at = if self.hashes.len() <= SCANNED {
            self.hashes.iter().position(|hash| *hash == slot.hash)?
        } else {
            self.hashes.partition_point(|hash| *hash < slot.hash)
        };
        while self.hashes.get(at) == Some(&slot.hash) {
            let attribute = self.attributes.get(at)?;
            if attribute.key == slot.key {
                return Some(&attribute.values);
            }
            at += 1;
        }
        None
    }
}
