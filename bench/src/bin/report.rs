//! Writes what was measured into `docs/performance.md`.
//!
//! It reads Criterion's estimates and the figures of `process.sh`, all from the target directory
//! it is given, and replaces the text between the two marks of the page.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const BEGIN: &str = "<!-- measured: begin -->";
const END: &str = "<!-- measured: end -->";
const PEERS: [&str; 3] = ["regorus", "cedar", "cel"];
const PACKAGES: [&str; 3] = ["regorus", "cedar-policy", "cel"];

type Result<T> = std::result::Result<T, String>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(target), Some(machine)) = (arguments.next(), arguments.next()) else {
        return Err("usage: report TARGET-DIRECTORY MACHINE-AND-DATE".to_owned());
    };
    let measured = Measured { target: target.into() };
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = home.join("../docs/performance.md");
    let text = read(&page)?;
    let (before, rest) = text.split_once(BEGIN).ok_or("the page lacks its first mark")?;
    let (_, after) = rest.split_once(END).ok_or("the page lacks its second mark")?;
    let lock = read(&home.join("Cargo.lock"))?;
    let tables = [
        format!("Measured on {machine}.\n"),
        engines(&measured, &lock)?,
        full(&measured)?,
        editor(&measured)?,
        process(&measured)?,
    ]
    .join("\n");
    print!("{tables}");
    fs::write(&page, format!("{before}{BEGIN}\n{tables}{END}{after}"))
        .map_err(|error| format!("{}: {error}", page.display()))
}

/// Where the figures are.
struct Measured {
    target: PathBuf,
}

impl Measured {
    /// Returns the median time in nanoseconds.
    fn time(&self, group: &str, name: &str) -> Result<f64> {
        let path = self.target.join("criterion").join(group).join(name).join("new/estimates.json");
        number(&json(&path)?, "/median/point_estimate", &path)
    }
}

fn engines(measured: &Measured, lock: &str) -> Result<String> {
    let mut table = String::from("| |grantif|");
    for package in PACKAGES {
        table.push_str(&format!("{package} {}|", version(lock, package)?));
    }
    table.push_str("fastest other ÷ grantif|goal|\n|---|--:|--:|--:|--:|--:|--:|\n");
    let evaluations = bench::case::CASES.map(|case| {
        (format!("evaluate-{}", case.name), format!("evaluate, {}", case.name.replace('-', ", ")))
    });
    let rows = std::iter::once(("parse".to_owned(), "parse".to_owned())).chain(evaluations);
    for (group, title) in rows {
        let own = measured.time(&group, "grantif")?;
        let mut others = Vec::new();
        for peer in PEERS {
            others.push(measured.time(&group, peer)?);
        }
        let ratio = others.iter().copied().fold(f64::INFINITY, f64::min) / own;
        let goal = if group == "parse" { 4.0 } else { 8.0 };
        let others: Vec<_> = others.into_iter().map(duration).collect();
        table.push_str(&format!(
            "|{title}|{}|{}|{ratio:.1}|{goal:.0}{}|\n",
            duration(own),
            others.join("|"),
            verdict(ratio >= goal),
        ));
    }
    Ok(table)
}

fn full(measured: &Measured) -> Result<String> {
    let bytes = bench::full::condition().len();
    let mut table =
        format!("|a condition of {bytes} bytes|time|bytes per second|goal|\n|---|--:|--:|--:|\n");
    let rows = [
        ("check", "check (parse and lint)"),
        ("parse", "parse"),
        ("lint", "lint"),
        ("format", "lay out, and read again"),
        ("explain", "explain"),
        ("compile", "compile"),
    ];
    for (name, title) in rows {
        let time = measured.time("full", name)?;
        let goal = match name {
            "check" => format!("300 µs{}", verdict(time < 300_000.0)),
            _ => String::new(),
        };
        let rate = bytes as f64 / time * 1000.0;
        table.push_str(&format!("|{title}|{}|{rate:.0} MB/s|{goal}|\n", duration(time)));
    }
    Ok(table)
}

fn editor(measured: &Measured) -> Result<String> {
    let bytes = bench::full::condition().len();
    let mut table =
        format!("|the editor on a condition of {bytes} bytes, on the host|time|\n|---|--:|\n");
    let rows = [
        ("keystroke", "everything that follows a keystroke"),
        ("analysis", "analysis: colours, findings, meaning"),
        ("blocks", "blocks"),
        ("decide", "one request, every clause told"),
        ("edit", "an edit of a block, read again"),
        ("prepare-10000", "10,000 requests prepared"),
        ("table-10000", "10,000 requests decided"),
    ];
    for (name, title) in rows {
        table.push_str(&format!("|{title}|{}|\n", duration(measured.time("editor", name)?)));
    }
    Ok(table)
}

fn process(measured: &Measured) -> Result<String> {
    let path = measured.target.join("process.json");
    let run = json(&path)?;
    let seconds = |name: &str| number(&run, &format!("/results/0/{name}"), &path);
    let (median, least) = (seconds("median")?, seconds("min")?);
    let path = measured.target.join("memory.txt");
    let kilobytes: f64 = read(&path)?
        .trim()
        .parse()
        .map_err(|_| format!("{}: not a number of kilobytes", path.display()))?;
    let megabytes = kilobytes / 1024.0;
    Ok(format!(
        "|`grantif check` of one small file|measured|goal|\n|---|--:|--:|\n\
         |process, start to end|{:.2} ms (least {:.2})|5 ms{}|\n\
         |peak memory|{megabytes:.1} MB|20 MB{}|\n",
        median * 1e3,
        least * 1e3,
        verdict(median < 0.005),
        verdict(megabytes < 20.0),
    ))
}

fn verdict(reached: bool) -> &'static str {
    if reached { "" } else { ", missed" }
}

fn duration(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 100.0 => format!("{n:.1} ns"),
        n if n < 1e3 => format!("{n:.0} ns"),
        n if n < 1e5 => format!("{:.2} µs", n / 1e3),
        n => format!("{:.0} µs", n / 1e3),
    }
}

fn version<'l>(lock: &'l str, package: &str) -> Result<&'l str> {
    let (_, rest) = lock
        .split_once(&format!("name = \"{package}\"\nversion = \""))
        .ok_or_else(|| format!("Cargo.lock has no {package}"))?;
    Ok(rest.split('"').next().unwrap_or_default())
}

fn json(path: &Path) -> Result<Value> {
    serde_json::from_str(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))
}

fn number(value: &Value, pointer: &str, path: &Path) -> Result<f64> {
    let found = value.pointer(pointer).and_then(Value::as_f64);
    found.ok_or_else(|| format!("{}: no number at {pointer}", path.display()))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
