//! Requests in, decisions out, a line each.

use super::{Condition, output};
use crate::Status;
use crate::console::Console;
use crate::failure::Failure;
use abac_eval::{AccessRequest, MAX_REQUEST_BYTES};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// The longest line that is read: a request of the largest size, and what stands around it.
const MAX_LINE_BYTES: usize = MAX_REQUEST_BYTES + (64 << 10);

/// A request with a name of its own.
#[derive(Deserialize)]
struct Named<'l> {
    #[serde(borrow)]
    id: Option<&'l RawValue>,
    #[serde(borrow)]
    request: Option<&'l RawValue>,
}

pub(super) fn run(
    condition: &Condition,
    requests: Option<&Path>,
    with_trace: bool,
    console: &mut Console,
) -> Result<Status, Failure> {
    let mut reader: Box<dyn BufRead> = match requests {
        Some(path) if path.as_os_str() != "-" => {
            let file = File::open(path).map_err(|error| Failure::io("read", path, &error))?;
            Box::new(BufReader::with_capacity(1 << 16, file))
        }
        _ => Box::new(BufReader::with_capacity(1 << 16, std::io::stdin().lock())),
    };
    let mut stream = Stream { condition, with_trace, answer: String::new(), line: 0, failed: 0 };
    let mut buffer = Vec::new();
    while console.is_open() {
        buffer.clear();
        let limit = MAX_LINE_BYTES as u64 + 1;
        let read = (&mut reader).take(limit).read_until(b'\n', &mut buffer);
        match read {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => return Err(Failure::new(format!("cannot read the requests: {error}"))),
        }
        let whole = buffer.len() <= MAX_LINE_BYTES || buffer.ends_with(b"\n");
        if !whole {
            skip_line(&mut reader)
                .map_err(|error| Failure::new(format!("cannot read the requests: {error}")))?;
        }
        stream.answer(&buffer, whole);
        console.write(&stream.answer);
    }
    Ok(if stream.failed > 0 {
        let lines = super::super::count(stream.failed, "line is", "lines are");
        console.report(&Failure::new(format!("{lines} no request; the answers say why")));
        Status::Misuse
    } else {
        Status::Clean
    })
}

struct Stream<'c> {
    condition: &'c Condition,
    with_trace: bool,
    /// The answer to the last line, with its line break; empty for an empty line.
    answer: String,
    line: usize,
    failed: usize,
}

impl Stream<'_> {
    fn answer(&mut self, line: &[u8], whole: bool) {
        self.line += 1;
        self.answer.clear();
        if !whole {
            return self.fail(None, &format!("the line is longer than {MAX_LINE_BYTES} bytes"));
        }
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        let text = match std::str::from_utf8(line) {
            Ok(text) => text.trim(),
            Err(error) => {
                let column = error.valid_up_to() + 1;
                return self.fail(None, &format!("not UTF-8 text (byte {column} of the line)"));
            }
        };
        if text.is_empty() {
            return;
        }
        let (id, text) = taken_apart(text);
        match AccessRequest::from_json(text) {
            Ok(request) => self.decide(id, &request),
            Err(error) => self.fail(id, &error.to_string()),
        }
    }

    fn decide(&mut self, id: Option<&str>, request: &AccessRequest) {
        let Condition { text, tree, program } = self.condition;
        self.begin(id);
        if self.with_trace {
            let trace = program.trace(text, tree, request);
            let object = output(&trace, true).to_string();
            // What follows the opening brace belongs to this object.
            self.answer.push_str(object.strip_prefix('{').unwrap_or(&object));
        } else {
            let outcome = program.truth(&request.prepare());
            let decision = outcome.decision();
            _ = write!(self.answer, r#""decision":"{decision}","outcome":"{outcome}"}}"#);
        }
        self.answer.push('\n');
    }

    fn fail(&mut self, id: Option<&str>, message: &str) {
        self.failed += 1;
        self.begin(id);
        let message = serde_json::Value::from(message);
        _ = writeln!(self.answer, r#""error":{message}}}"#);
    }

    fn begin(&mut self, id: Option<&str>) {
        _ = write!(self.answer, r#"{{"line":{},"#, self.line);
        if let Some(id) = id {
            _ = write!(self.answer, r#""id":{id},"#);
        }
    }
}

/// Takes a request out of an object that names it; anything else is taken as a request.
fn taken_apart(text: &str) -> (Option<&str>, &str) {
    // Most lines are bare requests, which are read once.
    if !text.contains(r#""request""#) {
        return (None, text);
    }
    match serde_json::from_str::<Named<'_>>(text) {
        Ok(Named { id, request: Some(request) }) => (id.map(RawValue::get), request.get()),
        _ => (None, text),
    }
}

fn skip_line(reader: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        reader.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}
