//! Code fences of Markdown.

use crate::host::Host;
use crate::text::{Origin, Text, offset};
use diagnostics::Span;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Returns the fences whose language is read, each with its text.
pub(crate) fn fences(source: &str) -> Vec<(Host, Text)> {
    let mut fences = Vec::new();
    let mut open: Option<(Host, Text)> = None;
    for (event, range) in Parser::new_ext(source, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(words) => {
                        words.split([' ', ',', '{']).next().unwrap_or("")
                    }
                    CodeBlockKind::Indented => "",
                };
                open = Host::from_language(language).map(|host| (host, Text::default()));
            }
            Event::Text(text) => {
                if let Some((_, fence)) = &mut open {
                    let host = Span::new(offset(range.start), offset(range.end));
                    let same = host.of(source) == text.as_ref();
                    let origin = if same { Origin::Copied } else { Origin::Escaped };
                    fence.push(&text, host, origin, host.start + 1);
                }
            }
            Event::End(TagEnd::CodeBlock) => fences.extend(open.take()),
            _ => {}
        }
    }
    fences
}
