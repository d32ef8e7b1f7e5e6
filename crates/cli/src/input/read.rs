//! Reading text, with a limit on its size.

use crate::failure::{Failure, finding};
use diagnostics::{ColumnUnit, Diagnostic, LineIndex};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The largest file that is read, in bytes.
const MAX_FILE_BYTES: u64 = 64 << 20;

/// Reads a file of UTF-8 text.
pub(crate) fn read_file(path: &Path) -> Result<String, Failure> {
    read_text(read_bytes(path)?, path)
}

/// Takes the bytes of a file as UTF-8.
pub(crate) fn read_text(bytes: Vec<u8>, path: &Path) -> Result<String, Failure> {
    text(bytes, &path.display().to_string())
}

/// Reads the bytes of a file.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| Failure::io("read", path, &error);
    let metadata = std::fs::metadata(path).map_err(failed)?;
    let name = path.display();
    if metadata.is_dir() {
        return Err(Failure::new(format!("cannot read `{name}`: it is a directory")));
    }
    if metadata.len() > MAX_FILE_BYTES {
        return Err(too_large(&name.to_string()));
    }
    let file = File::open(path).map_err(failed)?;
    bounded(file, metadata.len()).map_err(failed)
}

/// Reads the standard input.
pub(crate) fn read_stdin() -> Result<String, Failure> {
    let bytes = bounded(std::io::stdin().lock(), 0)
        .map_err(|error| Failure::new(format!("cannot read the standard input: {error}")))?;
    text(bytes, "<stdin>")
}

/// Reads at most one byte more than is allowed.
fn bounded(source: impl Read, expected: u64) -> std::io::Result<Vec<u8>> {
    let capacity = usize::try_from(expected.min(MAX_FILE_BYTES)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(capacity.saturating_add(1));
    source.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn too_large(name: &str) -> Failure {
    Failure::new(format!("`{name}` is larger than {} MiB", MAX_FILE_BYTES >> 20))
}

fn text(bytes: Vec<u8>, name: &str) -> Result<String, Failure> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(too_large(name));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Failure::new(format!("`{name}` is UTF-16 text; expected UTF-8"))
            .help("save it as UTF-8; in PowerShell: `Set-Content -Encoding utf8NoBOM`"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let byte = bytes.get(valid).copied().unwrap_or_default();
        let readable = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
        let offset = u32::try_from(valid).unwrap_or(u32::MAX);
        let place = LineIndex::new(&readable).position(offset);
        Failure::new(format!(
            "`{name}` is not UTF-8 text: byte {byte:#04x} at line {}, column {} (offset {valid})",
            place.line, place.char_column
        ))
        .help("save it as UTF-8")
    })
}

/// Says where a text stops being JSON.
pub(crate) fn not_json(text: &str, error: &serde_json::Error) -> Diagnostic {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
    let column = u32::try_from(error.column()).unwrap_or(u32::MAX);
    let start = LineIndex::new(text).offset(line.max(1), column.max(1), ColumnUnit::Byte) as usize;
    finding("json", start..start, format!("this is not JSON: {message}"))
}
