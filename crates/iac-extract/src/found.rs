//! What is found in a host.

use crate::fold::Piece;
use crate::text::Text;
use diagnostics::Span;
use pim_model::Tool;

/// Everything that was found in one text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The conditions, in the order in which they stand.
    pub conditions: Vec<Condition>,
    /// The role assignments and PIM requests, in the order in which they stand.
    pub assignments: Vec<Assignment>,
    /// What could not be read, and why.
    pub problems: Vec<Problem>,
}

/// A part of a host that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// Why, in a few words.
    pub message: String,
}

/// How the text of a condition comes to where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Via {
    /// It is the value of a property, a flag or a parameter called `condition`.
    Property,
    /// It is the value of something else, such as a variable.
    Value,
    /// It is the whole file.
    WholeFile,
}

impl Via {
    /// Returns the word for it in output: `property`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Property => "property",
            Self::Value => "value",
            Self::WholeFile => "whole-file",
        }
    }
}

/// A value of the host that is left out, known or not known.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// It is left out.
    Absent,
    /// It is there; holes are what is not known of it.
    Is(Text),
}

impl Seen {
    /// Returns the text where all of it is known.
    #[must_use]
    pub fn known(&self) -> Option<&str> {
        match self {
            Self::Absent => None,
            Self::Is(text) => text.known(),
        }
    }
}

/// A shell whose command line carries a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shell {
    /// bash and its like.
    Bash,
    /// PowerShell.
    PowerShell,
}

/// A condition and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The condition as Azure receives it.
    pub text: Text,
    /// From the first quote of it to the last.
    pub span: Span,
    /// How it comes to where it is used.
    pub via: Via,
    /// Where the name of the property stands.
    pub property: Option<Span>,
    /// The `conditionVersion` beside it.
    pub version: Seen,
    /// The type of the resource that carries it, where there is one.
    pub resource_type: Option<String>,
    /// The shell that reads it before Azure does.
    pub shell: Option<Shell>,
    /// Whether the value of a parameter stands in it, which a deployment may replace.
    pub used_default: bool,
    pub(crate) pieces: Vec<Piece>,
}

/// What an assignment or request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssignmentKind {
    /// A plain role assignment.
    Role,
    /// A request about an eligible assignment.
    Eligible,
    /// A request about an active assignment with a schedule.
    Active,
}

impl AssignmentKind {
    /// Returns what it is called in a sentence.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Role => "role assignment",
            Self::Eligible => "eligible assignment",
            Self::Active => "active assignment",
        }
    }

    /// Returns its type in Azure Resource Manager.
    #[must_use]
    pub const fn resource_type(self) -> &'static str {
        match self {
            Self::Role => "Microsoft.Authorization/roleAssignments",
            Self::Eligible => "Microsoft.Authorization/roleEligibilityScheduleRequests",
            Self::Active => "Microsoft.Authorization/roleAssignmentScheduleRequests",
        }
    }
}

/// What becomes of an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// It is made or changed.
    Write,
    /// It is taken away.
    Delete,
}

/// A role assignment or a PIM request.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// What it is.
    pub kind: AssignmentKind,
    /// What becomes of it; a replacement is both.
    pub changes: Vec<Change>,
    /// What it is called in the host, where it is.
    pub label: String,
    /// Where its type stands.
    pub head: Span,
    /// The tool that sends it.
    pub tool: Option<Tool>,
    /// The version of the API, where the host names it.
    pub api_version: Option<String>,
    /// The kind of scope that the host deploys to, as templates call it.
    pub target_scope: Option<String>,
    /// Whether the value of a parameter stands in it, which a deployment may replace.
    pub used_default: bool,
    /// Its fields by the names of Azure Resource Manager, as in `properties.scheduleInfo.expiration.type`.
    pub fields: Vec<AssignmentField>,
    pub(crate) pieces: Vec<Piece>,
}

/// A field of an assignment.
#[derive(Debug, Clone, PartialEq)]
pub struct AssignmentField {
    /// The names that lead to it.
    pub path: String,
    /// Where its name stands.
    pub name: Span,
    /// What it holds.
    pub value: FieldValue,
}

/// What a field of an assignment holds.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldValue {
    /// Text, perhaps with holes.
    Text(Text),
    /// A number or a truth value, as it stands.
    Word(String, Span),
    /// Something that cannot be followed, as an expression of a template and as the host shows it.
    Expression(String, Text),
    /// An object or a list; what it holds has fields of its own.
    Group(Span),
    /// Something that cannot be followed.
    Unknown(Span),
}

impl Assignment {
    /// Returns what a field holds.
    #[must_use]
    pub fn field(&self, path: &str) -> Option<&FieldValue> {
        self.fields.iter().find(|one| one.path == path).map(|one| &one.value)
    }

    /// Returns the text of a field; what cannot be followed is there and not known.
    #[must_use]
    pub fn seen(&self, path: &str) -> Seen {
        match self.field(path) {
            None => Seen::Absent,
            Some(FieldValue::Text(text)) => Seen::Is(text.clone()),
            Some(FieldValue::Word(word, span)) if word != "null" => {
                let mut text = Text::default();
                text.push(word, *span, crate::text::Origin::Made, 0);
                Seen::Is(text)
            }
            Some(FieldValue::Word(..)) => Seen::Absent,
            Some(FieldValue::Expression(_, text)) => Seen::Is(text.clone()),
            Some(FieldValue::Group(span) | FieldValue::Unknown(span)) => {
                Seen::Is(Text::hole("…", *span))
            }
        }
    }
}

impl Found {
    /// Carries what was found in the value of `outer` over to the host of `outer`; whose literals
    /// are quoted in `forms` once more.
    pub(crate) fn through(mut self, outer: &Text, forms: &[crate::form::Form]) -> Self {
        let span = |span: Span| outer.host_span(span).unwrap_or(span);
        let pieces = |pieces: &mut Vec<Piece>| {
            for piece in pieces {
                piece.whole = span(piece.whole);
                piece.content = span(piece.content);
                piece.own = piece.own.through(outer);
                piece.forms.extend(forms.iter().cloned());
            }
        };
        let seen = |seen: &mut Seen| {
            if let Seen::Is(text) = seen {
                *text = text.through(outer);
            }
        };
        for one in &mut self.conditions {
            one.text = one.text.through(outer);
            one.span = span(one.span);
            one.property = one.property.map(span);
            seen(&mut one.version);
            pieces(&mut one.pieces);
        }
        for one in &mut self.assignments {
            one.head = span(one.head);
            pieces(&mut one.pieces);
            for field in &mut one.fields {
                field.name = span(field.name);
                match &mut field.value {
                    FieldValue::Text(text) | FieldValue::Expression(_, text) => {
                        *text = text.through(outer);
                    }
                    FieldValue::Word(_, place)
                    | FieldValue::Group(place)
                    | FieldValue::Unknown(place) => *place = span(*place),
                }
            }
        }
        for one in &mut self.problems {
            one.span = span(one.span);
        }
        self
    }

    /// Adds what was found elsewhere in the same host.
    pub(crate) fn extend(&mut self, other: Self) {
        self.conditions.extend(other.conditions);
        self.assignments.extend(other.assignments);
        self.problems.extend(other.problems);
    }

    /// Puts everything in the order in which it stands.
    pub(crate) fn sorted(mut self) -> Self {
        self.conditions.sort_by_key(|one| one.span);
        self.assignments.sort_by_key(|one| one.head);
        self.problems.sort_by_key(|one| one.span);
        self
    }
}
