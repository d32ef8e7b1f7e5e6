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
