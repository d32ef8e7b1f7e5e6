//! The functions that texts are followed through.

use super::{Dialect, Folder};
use crate::expr::Expr;
use crate::text::{Origin, Text, offset};
use diagnostics::Span;

impl Folder<'_> {
    pub(super) fn call(&mut self, name: &str, arguments: &[Expr], depth: usize) -> Option<Text> {
        let terraform = self.dialect == Dialect::Terraform;
        match (name, arguments) {
            ("concat", parts) if !terraform => {
                let mut text = Text::default();
                for part in parts {
                    let part = self.fold(part, depth).unwrap_or_else(|| self.hole(part));
                    text.append(&part);
                }
                Some(text)
            }
            ("format", [pattern, values @ ..]) if terraform => self.printf(pattern, values, depth),
            ("format", [pattern, values @ ..]) => self.format(pattern, values, depth),
            ("join", [separator, list]) if terraform => self.join(list, separator, depth),
            ("join", [list, separator]) => self.join(list, separator, depth),
            ("replace", [text, old, new]) => {
                let text = self.fold(text, depth)?;
                let old = self.fold(old, depth)?;
                let old = old.known()?;
                let new = match self.fold(new, depth) {
                    Some(new) => new,
                    None => self.hole(new),
                };
                // Terraform reads `/…/` as a regular expression.
                if terraform && old.starts_with('/') && old.ends_with('/') && old.len() > 1 {
                    return None;
                }
                Some(text.replaced(old, &new))
            }
            ("trim" | "trimspace", [text]) => Some(self.fold(text, depth)?.trimmed()),
            ("chomp", [text]) => {
                let text = self.fold(text, depth)?;
                let kept = text.value().trim_end_matches(['\n', '\r']).len();
                Some(text.slice(Span::new(0, offset(kept))))
            }
            ("string" | "tostring" | "nonsensitive" | "sensitive" | "any", [text]) => {
                self.fold(text, depth)
            }
            ("templatefile", [path, values]) if terraform => {
                self.template_file(path, values, depth)
            }
            ("file", [path]) if terraform => self.file(path, depth),
            ("subscriptionresourceid", [kind, name]) => {
                let hole = "subscription().subscriptionId";
                self.resource_id(&["/subscriptions/", hole], kind, name, depth)
            }
            ("tenantresourceid", [kind, name]) => self.resource_id(&[], kind, name, depth),
            ("resourceid", [kind, name]) => {
                self.resource_id(&["", "resourceGroup().id"], kind, name, depth)
            }
            ("extensionresourceid" | "managementgroupresourceid", [.., kind, name]) => {
                self.resource_id(&["", "scope"], kind, name, depth)
            }
            _ => None,
        }
    }

    fn join(&mut self, list: &Expr, separator: &Expr, depth: usize) -> Option<Text> {
        let separator = self.fold(separator, depth)?;
        let items = self.list(list, depth)?;
        let mut text = Text::default();
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                text.append(&separator);
            }
            text.append(item);
        }
        Some(text)
    }

    /// `format` of Bicep, ARM and PowerShell: `{0}`, and `{{` for a bracket.
    fn format(&mut self, pattern: &Expr, values: &[Expr], depth: usize) -> Option<Text> {
        let pattern = self.fold(pattern, depth)?;
        let value = pattern.value();
        let mut text = Text::default();
        let (mut from, mut at) = (0, 0);
        while let Some(found) = value.get(at..).and_then(|rest| rest.find(['{', '}'])) {
            let start = at + found;
            let rest = value.get(start..).unwrap_or("");
            let place = span(start, start + 1);
            if pattern.segment_at(place.start).is_some_and(|one| one.origin == Origin::Hole) {
                let hole = pattern.segment_at(place.start)?;
                at = hole.value.end as usize;
                continue;
            }
            text.append(&pattern.slice(span(from, start)));
            if rest.starts_with("{{") || rest.starts_with("}}") {
                let host = pattern.host_span(span(start, start + 2))?;
                let literal = pattern.segment_at(place.start).map_or(0, |one| one.literal);
                text.push(rest.get(..1)?, host, Origin::Escaped, literal);
                at = start + 2;
            } else if rest.starts_with('{') {
                let end = rest.find('}')?;
                let inside = rest.get(1..end)?;
                let number = inside.split([':', ',']).next().unwrap_or("").trim();
                let argument = values.get(number.parse::<usize>().ok()?)?;
                let value = match inside == number {
                    true => self.fold(argument, depth),
                    false => None,
                };
                text.append(&value.unwrap_or_else(|| self.hole(argument)));
                at = start + end + 1;
            } else {
                return None;
            }
            from = at;
        }
        text.append(&pattern.slice(span(from, value.len())));
        Some(text)
    }

    /// `format` of Terraform: `%s`, and `%%` for the sign.
    fn printf(&mut self, pattern: &Expr, values: &[Expr], depth: usize) -> Option<Text> {
        let pattern = self.fold(pattern, depth)?;
        let value = pattern.value();
        let mut text = Text::default();
        let (mut from, mut at, mut next) = (0, 0, 0);
        while let Some(found) = value.get(at..).and_then(|rest| rest.find('%')) {
            let start = at + found;
            let rest = value.get(start + 1..).unwrap_or("");
            if let Some(hole) = pattern.segment_at(offset(start))
                && hole.origin == Origin::Hole
            {
                at = hole.value.end as usize;
                continue;
            }
            text.append(&pattern.slice(span(from, start)));
            if rest.starts_with('%') {
                let host = pattern.host_span(span(start, start + 2))?;
                let literal = pattern.segment_at(offset(start)).map_or(0, |one| one.literal);
                text.push("%", host, Origin::Escaped, literal);
                at = start + 2;
                from = at;
                continue;
            }
            let length = rest.find(|byte: char| byte.is_ascii_alphabetic())? + 1;
            let verb = rest.get(..length)?;
            let argument = match verb.strip_prefix('[').and_then(|verb| verb.split_once(']')) {
                Some((number, _)) => values.get(number.parse::<usize>().ok()?.checked_sub(1)?)?,
                None => {
                    next += 1;
                    values.get(next - 1)?
                }
            };
            let value = match verb.trim_start_matches(|one: char| !one.is_ascii_alphabetic()) {
                "s" | "d" | "v" => self.fold(argument, depth),
                _ => None,
            };
            text.append(&value.unwrap_or_else(|| self.hole(argument)));
            at = start + 1 + length;
            from = at;
        }
        text.append(&pattern.slice(span(from, value.len())));
        Some(text)
    }

    /// The id of a role definition and the like: what is known of it, and holes for the rest.
    fn resource_id(
        &mut self,
        scope: &[&str],
        kind: &Expr,
        name: &Expr,
        depth: usize,
    ) -> Option<Text> {
        let kind = self.fold(kind, depth)?;
        let name_text = self.fold(name, depth).unwrap_or_else(|| self.hole(name));
        let mut text = Text::default();
        if let [prefix, hole] = scope {
            text.push(prefix, name.span, Origin::Made, 0);
            text.push_hole(hole, name.span);
        }
        text.push("/providers/", name.span, Origin::Made, 0);
        text.append(&kind);
        text.push("/", name.span, Origin::Made, 0);
        text.append(&name_text);
        Some(text)
    }

    fn file(&mut self, path: &Expr, depth: usize) -> Option<Text> {
        let path = self.path(path, depth)?;
        (self.files)(&path)
    }

    /// The template where it is there, each `${name}` replaced by the value that is given for it.
    fn template_file(&mut self, path: &Expr, values: &Expr, depth: usize) -> Option<Text> {
        let path = self.path(path, depth)?;
        let template = (self.files)(&path)?;
        let value = template.value();
        let mut text = Text::default();
        let mut from = 0;
        while let Some(found) = value.get(from..).and_then(|rest| rest.find(['$', '%'])) {
            let start = from + found;
            let rest = value.get(start..).unwrap_or("");
            text.append(&template.slice(span(from, start)));
            let end = rest.find('}').map(|end| end + 1);
            from = match (rest.starts_with("${"), rest.starts_with("%{"), end) {
                (true, _, Some(end)) => {
                    let name = rest.get(2..end - 1).unwrap_or("").trim_matches(['~', ' ']);
                    let host = template.host_span(span(start, start + end))?;
                    let given = values.get(name).cloned();
                    let folded = given.as_ref().and_then(|given| self.fold(given, depth));
                    match folded {
                        Some(given) => text.append(&given),
                        None => text.push_hole(rest.get(..end)?, host),
                    }
                    start + end
                }
                // A loop or a choice: the rest of the template is not followed.
                (_, true, _) => {
                    let host = template.host_span(span(start, value.len()))?;
                    text.push_hole("…", host);
                    value.len()
                }
                _ => {
                    text.append(&template.slice(span(start, start + 1)));
                    start + 1
                }
            };
        }
        text.append(&template.slice(span(from, value.len())));
        Some(text)
    }

    /// Returns a path below the module.
    fn path(&mut self, path: &Expr, depth: usize) -> Option<String> {
        let text = self.fold(path, depth)?;
        let mut path = text.value();
        for prefix in ["${path.module}/", "./"] {
            path = path.strip_prefix(prefix).unwrap_or(path);
        }
        (!path.contains("${")).then(|| path.to_owned())
    }
}

fn span(start: usize, end: usize) -> Span {
    Span::new(offset(start), offset(end))
}
