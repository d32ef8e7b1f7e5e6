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
                    let mut host = Span::new(offset(range.start), offset(range.end));
                    let mut text = text.as_ref();
                    // Of `\r\n` the reader gives the second byte alone.
                    let before = fence.segments().last().map_or(host.start, |last| last.host.end);
                    if Span::new(before, host.start).of(source) == "\r"
                        && let Some(rest) = text.strip_prefix('\n')
                    {
                        let line_break = Span::new(before, host.start + 1);
                        fence.push("\n", line_break, Origin::Escaped, line_break.start + 1);
                        host.start += 1;
                        text = rest;
                    }
                    let same = host.of(source) == text;
                    let origin = if same { Origin::Copied } else { Origin::Escaped };
                    fence.push(text, host, origin, host.start + 1);
                }
            }
            Event::End(TagEnd::CodeBlock) => fences.extend(open.take()),
            _ => {}
        }
    }
    fences
}
