//! Operators, quantifiers and functions of the language.

/// How the two value lists of a quantified comparison are combined.
///
/// *Documented*: conditions-format, 2023-11-15.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "typescript", derive(serde::Serialize, tsify::Tsify))]
pub enum Quantifier {
    /// At least one value on the left matches at least one on the right.
    ForAnyOfAnyValues,
    /// Every value on the left matches at least one on the right.
    ForAllOfAnyValues,
    /// At least one value on the left matches every one on the right.
    ForAnyOfAllValues,
    /// Every value on the left matches every one on the right.
    ForAllOfAllValues,
}

impl Quantifier {
    /// All four, in the order of the documentation.
    pub const ALL: [Self; 4] = [
        Self::ForAnyOfAnyValues,
        Self::ForAllOfAnyValues,
        Self::ForAnyOfAllValues,
        Self::ForAllOfAllValues,
    ];

    /// Returns Azure's spelling.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ForAnyOfAnyValues => "ForAnyOfAnyValues",
            Self::ForAllOfAnyValues => "ForAllOfAnyValues",
            Self::ForAnyOfAllValues => "ForAnyOfAllValues",
            Self::ForAllOfAllValues => "ForAllOfAllValues",
        }
    }

    /// Reads a quantifier in any letter case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        by_name(&Self::ALL, Self::as_str, text)
    }

    /// Says whether every value on the left has to match.
    #[must_use]
    pub const fn all_left(self) -> bool {
        matches!(self, Self::ForAllOfAnyValues | Self::ForAllOfAllValues)
    }

    /// Says whether every value on the right has to match.
    #[must_use]
    pub const fn all_right(self) -> bool {
        matches!(self, Self::ForAnyOfAllValues | Self::ForAllOfAllValues)
    }
}

/// Finds what has a name, in any letter case; Azure's own spelling is tried first, since it is
/// what nearly all texts have.
#[inline]
fn by_name<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str, text: &str) -> Option<T> {
    let exact = all.iter().copied().find(|one| name(*one) == text);
    exact.or_else(|| all.iter().copied().find(|one| name(*one).eq_ignore_ascii_case(text)))
}

/// What kind of value an operator compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// Text in single quotes.
    String,
    /// An integer.
    Numeric,
    /// A date and time in single quotes.
    DateTime,
    /// A GUID without quotes.
    Guid,
    /// `true` or `false` without quotes.
    Bool,
}

impl ValueType {
    /// Returns the name used in messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Numeric => "Integer",
            Self::DateTime => "DateTime",
            Self::Guid => "GUID",
            Self::Bool => "Boolean",
        }
    }
}

/// The relation an operator tests, once negation is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Equal.
    Equals,
    /// The left value begins with the right one.
    StartsWith,
    /// The left value matches the pattern on the right.
    Like,
    /// Greater.
    GreaterThan,
    /// Greater or equal.
    GreaterThanEquals,
    /// Less.
    LessThan,
    /// Less or equal.
    LessThanEquals,
}

macro_rules! comparisons {
    ($($name:ident: $value_type:ident $relation:ident $negated:literal $ignore_case:literal;)*) => {
        /// A comparison function without its quantifier.
        ///
        /// *Documented*: conditions-format, 2023-11-15 (28 names).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the names are the documentation's own")]
        #[cfg_attr(feature = "typescript", derive(serde::Serialize, tsify::Tsify))]
        pub enum Comparison { $($name,)* }

        impl Comparison {
            /// All functions, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Returns Azure's spelling.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// Returns what kind of value is compared.
            #[must_use]
            pub const fn value_type(self) -> ValueType {
                match self { $(Self::$name => ValueType::$value_type,)* }
            }

            /// Returns the relation that is tested, without negation.
            #[must_use]
            pub const fn relation(self) -> Relation {
                match self { $(Self::$name => Relation::$relation,)* }
            }

            /// Says whether the function is the negation of its relation.
            #[must_use]
            pub const fn is_negated(self) -> bool {
                match self { $(Self::$name => $negated,)* }
            }

            /// Says whether letter case is ignored.
            #[must_use]
            pub const fn ignores_case(self) -> bool {
                match self { $(Self::$name => $ignore_case,)* }
            }
        }
    };
}

comparisons! {
    StringEquals: String Equals false false;
    StringEqualsIgnoreCase: String Equals false true;
    StringNotEquals: String Equals true false;
    StringNotEqualsIgnoreCase: String Equals true true;
    StringStartsWith: String StartsWith false false;
    StringStartsWithIgnoreCase: String StartsWith false true;
    StringNotStartsWith: String StartsWith true false;
    StringNotStartsWithIgnoreCase: String StartsWith true true;
    StringLike: String Like false false;
    StringLikeIgnoreCase: String Like false true;
    StringNotLike: String Like true false;
    StringNotLikeIgnoreCase: String Like true true;
    NumericEquals: Numeric Equals false false;
    NumericNotEquals: Numeric Equals true false;
    NumericGreaterThan: Numeric GreaterThan false false;
    NumericGreaterThanEquals: Numeric GreaterThanEquals false false;
    NumericLessThan: Numeric LessThan false false;
    NumericLessThanEquals: Numeric LessThanEquals false false;
    DateTimeEquals: DateTime Equals false false;
    DateTimeNotEquals: DateTime Equals true false;
    DateTimeGreaterThan: DateTime GreaterThan false false;
    DateTimeGreaterThanEquals: DateTime GreaterThanEquals false false;
    DateTimeLessThan: DateTime LessThan false false;
    DateTimeLessThanEquals: DateTime LessThanEquals false false;
    GuidEquals: Guid Equals false false;
    GuidNotEquals: Guid Equals true false;
    BoolEquals: Bool Equals false false;
    BoolNotEquals: Bool Equals true false;
}

impl Comparison {
    /// Reads a comparison function in any letter case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // The first letter tells the value type; only GUID and Boolean operators are few.
        let (from, to) = match text.as_bytes().first()? {
            b'S' | b's' => (0, 12),
            b'N' | b'n' => (12, 18),
            b'D' | b'd' => (18, 24),
            b'G' | b'g' => (24, 26),
            b'B' | b'b' => (26, 28),
            _ => return None,
        };
        by_name(Self::ALL.get(from..to)?, |comparison| comparison.as_str(), text)
    }

    /// Says whether a quantifier before the function is documented.
    ///
    /// *Documented*: conditions-format, 2023-11-15; `StringStartsWith`, `DateTime…` and `Bool…`
    /// are not in the list.
    #[must_use]
    pub const fn is_quantifiable(self) -> bool {
        match self.value_type() {
            ValueType::String => !matches!(self.relation(), Relation::StartsWith),
            ValueType::Numeric | ValueType::Guid => true,
            ValueType::DateTime | ValueType::Bool => false,
        }
    }
}

/// A function that takes a pattern in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "typescript", derive(serde::Serialize, tsify::Tsify))]
pub enum Function {
    /// Matches the action of the request.
    ActionMatches,
    /// Matches the suboperation of the request.
    SubOperationMatches,
}

impl Function {
    /// Returns Azure's spelling.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ActionMatches => "ActionMatches",
            Self::SubOperationMatches => "SubOperationMatches",
        }
    }
}

/// Where an attribute's value comes from.
///
/// *Documented*: conditions-format, 2023-11-15.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "typescript", derive(serde::Serialize, tsify::Tsify))]
pub enum AttributeSource {
    /// The network path and the time.
    Environment,
    /// The caller's custom security attributes.
    Principal,
    /// Parameters of the call.
    Request,
    /// Properties of the object that is accessed.
    Resource,
}

impl AttributeSource {
    /// All four, in alphabetical order.
    pub const ALL: [Self; 4] = [Self::Environment, Self::Principal, Self::Request, Self::Resource];

    /// Returns Azure's spelling, without `@`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Environment => "Environment",
            Self::Principal => "Principal",
            Self::Request => "Request",
            Self::Resource => "Resource",
        }
    }

    /// Reads a source in any letter case, without `@`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        by_name(&Self::ALL, Self::as_str, text)
    }
}
