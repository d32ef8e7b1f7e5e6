//! Looks for conditions and assignments among what the readers gave.

mod assignment;
mod command;
mod script;

pub(crate) use script::scripts;

use crate::expr::{Expr, Item, ItemKind, Kind, Module, Part};
use crate::fold::{Dialect, Folder};
use crate::form::Form;
use crate::found::{Condition, Found, Seen, Shell, Via};
use crate::telltale::{has_condition_word, has_telltale, looks_like_condition};
use crate::text::{Text, offset};
use diagnostics::Span;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Names of what is written for people; a condition that is quoted there is deployed nowhere.
const PROSE: &[&str] = &[
    "description",
    "displayname",
    "metadata",
    "summary",
    "synopsis",
    "title",
    "comment",
    "comments",
    "justification",
    "errormessage",
    "helpmessage",
    "example",
    "notes",
];

/// What is looked for in one module.
pub(crate) struct Finder<'m> {
    folder: Folder<'m>,
    shell: Option<Shell>,
    target_scope: Option<String>,
    found: Found,
    /// Where each condition has its outermost literal.
    places: BTreeSet<Span>,
    /// Texts that are JSON of their own, and how they are quoted.
    bodies: Vec<(Text, Vec<Form>)>,
}

/// Finds what stands in a module; gives the texts that are JSON too, which are yet to be read.
pub(crate) fn find(
    module: &Module,
    source: &str,
    dialect: Dialect,
    files: &dyn Fn(&str) -> Option<Text>,
) -> (Found, Vec<(Text, Vec<Form>)>) {
    let folder = Folder::new(source, &module.names, &module.parameters, dialect, files);
    let shell = match dialect {
        Dialect::Bash => Some(Shell::Bash),
        Dialect::PowerShell => Some(Shell::PowerShell),
        _ => None,
    };
    let mut finder = Finder {
        folder,
        shell,
        target_scope: module.target_scope.clone(),
        found: Found::default(),
        places: BTreeSet::new(),
        bodies: Vec::new(),
    };
    // What is used is looked at before what is only declared, so that a variable is seen where it
    // goes.
    for item in &module.items {
        finder.used(item);
    }
    for item in &module.items {
        finder.declared(item);
    }
    let bodies = std::mem::take(&mut finder.bodies);
    (finder.without_parts(), bodies)
}

/// Finds a condition that is a whole file.
pub(crate) fn whole_file(source: &str) -> Found {
    if !looks_like_condition(source) {
        return Found::default();
    }
    let base = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let span = Span::new(offset(base), offset(source.len()));
    let literal = crate::expr::Literal {
        form: Form::HclHeredoc { indent: String::new() },
        content: span,
        parts: crate::read::hcl::template_parts(source, span),
    };
    let names = HashMap::new();
    let parameters = HashSet::new();
    let mut folder = Folder::new(source, &names, &parameters, Dialect::Terraform, &|_| None);
    let text = folder.text(&Expr::new(span, Kind::Literal(literal)));
    let pieces = folder.pieces.into_values().collect();
    let condition = Condition {
        text,
        span,
        via: Via::WholeFile,
        property: None,
        version: Seen::Absent,
        resource_type: None,
        shell: None,
        used_default: false,
        pieces,
    };
    Found { conditions: vec![condition], ..Found::default() }
}

/// Returns a name as it is compared: without case, `_` and `-`.
pub(crate) fn plain_name(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect()
}

impl Finder<'_> {
    fn used(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Prose => {}
            ItemKind::Resource { resource_type, head, deletes } => {
                self.properties(&item.body, Some(resource_type), 0);
                self.assignment(resource_type, *head, *deletes, &item.body);
            }
            ItemKind::Command { name, head } => {
                self.properties(&item.body, None, 0);
                self.command(name, *head, &item.body);
            }
            ItemKind::Binding(_) | ItemKind::Value => {
                self.properties(&item.body, None, 0);
                self.resources(&item.body, 0);
            }
        }
    }

    /// Looks for properties called `condition`.
    fn properties(&mut self, expr: &Expr, resource: Option<&str>, depth: usize) {
        if depth > crate::expr::MAX_DEPTH {
            return;
        }
        match &expr.kind {
            Kind::Object(fields) => {
                let own = expr.get("type").and_then(|kind| kind.plain(self.folder.source));
                let resource = own.as_deref().filter(|kind| kind.contains('/')).or(resource);
                for field in fields {
                    let name = plain_name(&field.name);
                    if PROSE.contains(&name.as_str()) {
                        continue;
                    }
                    if name == "condition" {
                        self.property(&field.value, field.name_span, expr, resource);
                    }
                    self.properties(&field.value, resource, depth + 1);
                }
            }
            Kind::List(items)
            | Kind::Concat(items)
            | Kind::Choice(items)
            | Kind::Other(items)
            | Kind::Call(_, items) => {
                for item in items {
                    self.properties(item, resource, depth + 1);
                }
            }
            Kind::Literal(_) | Kind::Word(_) | Kind::Name(_) => {}
        }
    }

    fn property(&mut self, value: &Expr, name: Span, siblings: &Expr, resource: Option<&str>) {
        let version = self.version(siblings);
        self.folder.reset();
        let branches = self.folder.branches(value);
        let by_default = self.folder.used_default;
        for branch in branches {
            self.folder.reset();
            self.folder.used_default = by_default;
            let text = self.folder.text(&branch);
            let all_hole =
                text.segments().iter().all(|one| one.origin == crate::text::Origin::Hole);
            if all_hole || text.value().trim().is_empty() {
                continue;
            }
            let is_meant = has_condition_word(text.value())
                || resource.is_some_and(takes_conditions)
                || siblings.fields().iter().any(|one| {
                    matches!(
                        plain_name(&one.name).as_str(),
                        "conditionversion" | "roledefinitionid"
                    )
                });
            if !is_meant || matches!(branch.kind, Kind::Word(_)) {
                continue;
            }
            self.add(text, &branch, Via::Property, Some(name), version.clone(), resource);
        }
    }

    /// Returns the version beside a condition.
    fn version(&mut self, siblings: &Expr) -> Seen {
        let is_version = |name: &str| plain_name(name) == "conditionversion";
        let field = siblings.fields().iter().find(|one| is_version(&one.name));
        match field {
            None => {
                // What is spread into the object may bring it along.
                let spread = siblings.fields().iter().find(|one| one.name.is_empty());
                spread.map_or(Seen::Absent, |one| Seen::Is(self.folder.hole(&one.value)))
            }
            Some(field) => {
                let branches = self.folder.branches(&field.value);
                let known = branches.iter().find(|one| matches!(one.kind, Kind::Literal(_)));
                match known {
                    Some(branch) => Seen::Is(self.folder.text(branch)),
                    None => match branches.first() {
                        Some(Expr { kind: Kind::Word(word), .. }) if word == "null" => Seen::Absent,
                        Some(other) => Seen::Is(self.folder.text(other)),
                        None => Seen::Absent,
                    },
                }
            }
        }
    }

    /// Looks for texts that read like conditions, wherever they stand.
    fn declared(&mut self, item: &Item) {
        if item.kind == ItemKind::Prose {
            return;
        }
        let resource = match &item.kind {
            ItemKind::Resource { resource_type, .. } => Some(resource_type.as_str()),
            _ => None,
        };
        self.values(&item.body, resource, 0);
    }

    fn values(&mut self, expr: &Expr, resource: Option<&str>, depth: usize) {
        if depth > crate::expr::MAX_DEPTH {
            return;
        }
        let span = expr.span.of(self.folder.source);
        if self.body(expr) {
            return;
        }
        if matches!(expr.kind, Kind::Literal(_) | Kind::Concat(_) | Kind::Call(..))
            && expr.only_hole().is_none()
            && (memchr::memchr(b'@', span.as_bytes()).is_some() || span.contains("atches"))
        {
            self.folder.reset();
            let text = self.folder.text(expr);
            if looks_like_condition(text.value()) {
                self.add(text, expr, Via::Value, None, Seen::Absent, resource);
                return;
            }
        }
        match &expr.kind {
            Kind::Object(fields) => {
                for field in fields {
                    if !PROSE.contains(&plain_name(&field.name).as_str()) {
                        self.values(&field.value, resource, depth + 1);
                    }
                }
            }
            Kind::List(items)
            | Kind::Concat(items)
            | Kind::Choice(items)
            | Kind::Other(items)
            | Kind::Call(_, items) => {
                for item in items {
                    self.values(item, resource, depth + 1);
                }
            }
            Kind::Literal(literal) => {
                for part in &literal.parts {
                    if let Part::Hole(_, value) = part {
                        self.values(value, resource, depth + 1);
                    }
                }
            }
            Kind::Word(_) | Kind::Name(_) => {}
        }
    }

    /// Keeps a text that is JSON: the body of a call.
    fn body(&mut self, expr: &Expr) -> bool {
        let Kind::Literal(literal) = &expr.kind else { return false };
        let inside = literal.content.of(self.folder.source).trim_start();
        if !inside.starts_with(['{', '[']) || !has_telltale(inside.as_bytes()) {
            return false;
        }
        self.folder.reset();
        let text = self.folder.text(expr);
        let own = self.folder.pieces.get(&(literal.content.start + 1));
        let forms = own.map(|piece| piece.forms.clone()).unwrap_or_default();
        self.bodies.push((text, forms));
        true
    }

    fn add(
        &mut self,
        text: Text,
        expr: &Expr,
        via: Via,
        property: Option<Span>,
        version: Seen,
        resource: Option<&str>,
    ) {
        let span = outermost(expr).unwrap_or(expr.span);
        if !self.places.insert(span) {
            return;
        }
        let used: BTreeSet<u32> = text.segments().iter().map(|one| one.literal).collect();
        let pieces = self.folder.pieces.values().filter(|one| used.contains(&one.id));
        self.found.conditions.push(Condition {
            span,
            via,
            property,
            version,
            resource_type: resource.map(str::to_owned),
            shell: self.shell,
            used_default: self.folder.used_default,
            pieces: pieces.cloned().collect(),
            text,
        });
    }

    /// Leaves out what is only a part of another condition.
    fn without_parts(mut self) -> Found {
        let conditions = &mut self.found.conditions;
        // Literal → the longest condition that it is in.
        let mut longest: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for (number, one) in conditions.iter().enumerate() {
            let size = (one.text.value().len(), number);
            for piece in &one.pieces {
                let known = longest.entry(piece.id).or_insert(size);
                *known = size.max(*known);
            }
        }
        let mut number = 0;
        conditions.retain(|one| {
            let own = one.pieces.iter().filter(|piece| one.span.contains(piece.whole));
            let mut holders = own.filter_map(|piece| longest.get(&piece.id));
            let is_part =
                holders.any(|(size, holder)| *holder != number && *size > one.text.value().len());
            number += 1;
            !(is_part && one.via == Via::Value)
        });
        self.found
    }
}

/// Returns the hull of the literals that an expression itself has.
fn outermost(expr: &Expr) -> Option<Span> {
    match &expr.kind {
        Kind::Literal(_) => Some(expr.span),
        Kind::Concat(parts) => {
            // Names at the ends belong to it.
            parts.iter().find_map(outermost).map(|_| expr.span)
        }
        Kind::Call(name, arguments) => match name.as_str() {
            "replace" | "format" | "trim" | "trimspace" | "chomp" | "string" | "tostring" => {
                arguments.first().and_then(outermost)
            }
            "join" => Some(expr.span),
            _ => arguments.iter().filter_map(outermost).reduce(Span::to),
        },
        _ => None,
    }
}

/// Says whether a resource type takes conditions.
fn takes_conditions(resource_type: &str) -> bool {
    let kind = resource_type.split('@').next().unwrap_or("");
    assignment::kind_of(kind).is_some()
}
