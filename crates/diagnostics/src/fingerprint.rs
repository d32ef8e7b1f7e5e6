//! Names for findings that stay when lines move.

use crate::{Diagnostic, Report, SourceReport};
use std::collections::HashMap;
use std::fmt;

/// Identifies a finding across runs: 32 hexadecimal digits.
///
/// It is made of the input's name (and the record's id), the rule's id, the selected text with
/// its white space collapsed, and a number that tells equal ones apart. Lines, columns, messages
/// and severities are not in it, so that moving, formatting and rewording keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

/// Returns the fingerprint of a finding that is the `occurrence`-th (from 0) of its kind.
///
/// Two findings are of one kind if their fingerprints for the same occurrence are equal;
/// [`Report::fingerprints`] counts for a whole report.
#[must_use]
pub fn fingerprint(
    diagnostic: &Diagnostic,
    source: &SourceReport,
    occurrence: usize,
) -> Fingerprint {
    let mut hash = Fnv::new();
    let name = source.name.replace('\\', "/");
    hash.field([name.strip_prefix("./").unwrap_or(&name)]);
    let record = source.record.as_ref().and_then(|record| record.id.as_deref());
    hash.field(record);
    hash.field([&*diagnostic.id]);
    hash.field(diagnostic.span.of(&source.text).split_whitespace());
    hash.field([occurrence.to_string().as_str()]);
    Fingerprint(hash.0)
}

impl Report {
    /// Returns the fingerprints of all findings, source by source; no two are the same.
    #[must_use]
    pub fn fingerprints(&self) -> Vec<Vec<Fingerprint>> {
        let mut seen: HashMap<Fingerprint, usize> = HashMap::new();
        let mut number = |source: &SourceReport, diagnostic: &Diagnostic| {
            let count = seen.entry(fingerprint(diagnostic, source, 0)).or_default();
            *count += 1;
            fingerprint(diagnostic, source, *count - 1)
        };
        self.sources
            .iter()
            .map(|source| source.diagnostics.iter().map(|each| number(source, each)).collect())
            .collect()
    }
}

/// The FNV-1a hash of 128 bits: the same on every machine and in every version, which the hashers
/// of the standard library do not promise.
struct Fnv(u128);

impl Fnv {
    const fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Adds the parts of a field, each ended by a byte that UTF-8 never contains, and ends the
    /// field by another.
    fn field<'p>(&mut self, parts: impl IntoIterator<Item = &'p str>) {
        for part in parts {
            self.bytes(part.as_bytes());
            self.bytes(&[0xFE]);
        }
        self.bytes(&[0xFF]);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte))
                .wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013B);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fingerprint;
    use crate::{Diagnostic, Report, Severity, SourceReport, Span, Tool};
    use std::collections::HashSet;

    fn finding(span: Span) -> Diagnostic {
        Diagnostic::new("rule", Severity::Error, span, "message")
    }

    /// Returns the fingerprint of `needle` in a file of this name and text.
    fn of(name: &str, text: &str, needle: &str) -> String {
        let start = u32::try_from(text.find(needle).unwrap()).unwrap();
        let length = u32::try_from(needle.len()).unwrap();
        let source = SourceReport::file(name, text, vec![]);
        fingerprint(&finding(Span::new(start, start + length)), &source, 0).to_string()
    }

    #[test]
    fn stays_when_things_move() {
        assert_eq!(of("a/b", "x = y", "x = y"), of("a/b", "\n\n  x  =\n y z", "x  =\n y"));
        assert_eq!(of("a/b", "x", "x"), of("./a\\b", "x", "x"));
    }

    #[test]
    fn changes_with_the_input_and_the_text() {
        assert_ne!(of("a", "x", "x"), of("b", "x", "x"));
        assert_ne!(of("a", "x y", "x"), of("a", "x y", "y"));
        assert_ne!(of("a", "x y", "x y"), of("a", "xy", "xy"));
    }

    /// Files with fingerprints lie in other people's repositories: they must not change.
    #[test]
    fn is_the_same_for_ever() {
        assert_eq!(of("a.abac", "x = y", "="), "86443865ba38a625a1dfb0faa9536cf9");
    }

    #[test]
    fn tells_equal_findings_apart() {
        let tool = Tool { name: "t".into(), version: "1".into(), home: "".into(), docs: "".into() };
        let source = || SourceReport::file("f", "a", vec![finding(Span::at(0)); 3]);
        let sources = vec![source().record(1, None), source().record(2, None)];
        let report = Report { sources, ..Report::new(tool) };
        let all: Vec<_> = report.fingerprints().concat();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 6);
    }
}
