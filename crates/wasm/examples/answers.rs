//! Writes what the functions of the npm package answer in a native build, a call a line, for
//! generated conditions and, where a folder is named, for those that were collected elsewhere:
//! `answers [FOLDER]`. The tests of the package make the same calls and compare byte for byte.

#![expect(clippy::print_stderr, reason = "it says what went wrong")]

use integration_tests::generate::{broken_texts, conditions, requests};
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use wasm::{Answer, Failure};

/// How many conditions are generated.
const CASES: usize = 400;

/// The time at which everything is judged.
const NOW: &str = "2026-11-25T08:00:00Z";

fn main() -> ExitCode {
    let mut out = Answers(BufWriter::new(std::io::stdout().lock()));
    let written = generated(&mut out).and_then(|()| match std::env::args_os().nth(1) {
        Some(folder) => collected(Path::new(&folder), &mut out),
        None => Ok(()),
    });
    match written.and_then(|()| out.0.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Calls for conditions that are well-formed, broken, or anything at all.
fn generated(out: &mut Answers<impl Write>) -> std::io::Result<()> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let texts = prop_oneof![4 => conditions(), 4 => broken_texts(), 1 => any::<String>()];
    let (texts, requests) = (texts.boxed(), requests().boxed());
    for _ in 0..CASES {
        let mut draw = || -> Result<(String, Value), std::io::Error> {
            let failed = |reason| std::io::Error::other(format!("{reason}"));
            let text = texts.new_tree(&mut runner).map_err(failed)?.current();
            let request = requests.new_tree(&mut runner).map_err(failed)?.current();
            Ok((text, request))
        };
        let (text, request) = draw()?;
        out.condition(&text, false)?;
        out.request(&text, &request)?;
    }
    Ok(())
}

/// Calls for the conditions, requests and documents of a folder.
fn collected(folder: &Path, out: &mut Answers<impl Write>) -> std::io::Result<()> {
    let rows = |name: &str| -> std::io::Result<Vec<Value>> {
        let text = std::fs::read_to_string(folder.join(name))?;
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| serde_json::from_str(line).map_err(std::io::Error::other))
            .collect()
    };
    for row in rows("conditions.jsonl")? {
        if let Some(text) = row.get("text").and_then(Value::as_str) {
            let template = row.get("template_holes").and_then(Value::as_bool) == Some(true);
            out.condition(text, template)?;
        }
    }
    for row in rows("invalid-cases.jsonl")? {
        if let Some(text) = row.get("condition").and_then(Value::as_str) {
            out.condition(text, false)?;
        }
    }
    for row in rows("semantics-cases.jsonl")? {
        if let (Some(text), Some(request)) =
            (row.get("condition").and_then(Value::as_str), row.get("request"))
        {
            out.condition(text, false)?;
            out.request(text, request)?;
        }
    }
    for hosts in ["hosts", "pim-hosts"] {
        let mut files: Vec<_> = std::fs::read_dir(folder.join(hosts))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        files.sort();
        for file in files {
            if let Ok(text) = std::fs::read_to_string(&file) {
                out.document(&text)?;
            }
        }
    }
    Ok(())
}

struct Answers<W>(W);

impl<W: Write> Answers<W> {
    fn write<T: Serialize>(
        &mut self,
        call: &str,
        arguments: Value,
        result: Result<T, Failure>,
    ) -> std::io::Result<()> {
        let answer = serde_json::to_string(&Answer::from(result)).map_err(std::io::Error::other)?;
        let arguments = without_large_numbers(arguments);
        let line = json!({ "call": call, "arguments": arguments, "answer": answer });
        writeln!(self.0, "{line}")
    }

    fn condition(&mut self, text: &str, template: bool) -> std::io::Result<()> {
        let options = json!({ "template": template });
        let parse = json!({ "template": template, "tokens": true });
        self.write("parse", json!([text, parse]), wasm::parse(text, read(&parse)?))?;
        self.write("check", json!([text, options]), wasm::check(text, &read(&options)?))?;
        let fix = json!({ "needsReview": true, "check": options });
        self.write("fix", json!([text, fix]), wasm::fix(text, &read(&fix)?))?;
        self.write("explain", json!([text, options]), wasm::explain(text, &read(&options)?))?;
        for layout in ["portal", "one-line", "smallest"] {
            let options = json!({ "template": template, "layout": layout });
            self.write("format", json!([text, options]), wasm::format(text, read(&options)?))?;
        }
        Ok(())
    }

    fn request(&mut self, text: &str, request: &Value) -> std::io::Result<()> {
        let compiled = wasm::Compiled::new(text);
        let read = wasm::request(&request.to_string());
        let both = compiled.and_then(|compiled| Ok((compiled, read?)));
        let arguments = json!([text, request]);
        let trace = both.as_ref().map(|(compiled, request)| compiled.trace(request));
        self.write("trace", arguments.clone(), trace.map_err(Clone::clone))?;
        let decision =
            both.as_ref().map(
                |(compiled, request)| {
                    if compiled.allows(&request.prepare()) { "allow" } else { "deny" }
                },
            );
        self.write("evaluate", arguments, decision.map_err(Clone::clone))
    }

    /// Calls about PIM, for a text that is most likely no document at all.
    fn document(&mut self, text: &str) -> std::io::Result<()> {
        let now = NOW.parse().map_err(std::io::Error::other)?;
        let options = json!({ "at": NOW, "family": "eligible", "scope": "/" });
        let checked = wasm::check_request(text, &read(&options)?, now);
        self.write("checkRequest", json!([text, options]), checked)?;
        let options = json!({ "request": options });
        let judged = wasm::judge(text, text, &read(&options)?, now);
        self.write("judge", json!([text, text, options]), judged)?;
        for target in wasm::targets() {
            let options =
                json!({ "target": target.name, "role": "Owner", "request": { "at": NOW } });
            let emitted = wasm::emit(text, &read(&options)?, now, unicode_normalization::is_nfc);
            self.write("emit", json!([text, options]), emitted)?;
        }
        Ok(())
    }
}

/// Writes whole numbers that JavaScript's numbers do not hold as `{"$bigint": "…"}`.
fn without_large_numbers(value: Value) -> Value {
    const MOST: i64 = (1 << 53) - 1;
    match value {
        Value::Number(number) if number.as_i64().is_some_and(|one| one.abs() > MOST) => {
            json!({ "$bigint": number.to_string() })
        }
        Value::Array(items) => items.into_iter().map(without_large_numbers).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter();
            Value::Object(fields.map(|(key, one)| (key, without_large_numbers(one))).collect())
        }
        other => other,
    }
}

fn read<O: DeserializeOwned>(options: &Value) -> std::io::Result<O> {
    serde_json::from_value(options.clone()).map_err(std::io::Error::other)
}
