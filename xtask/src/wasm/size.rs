//! How large the package may be.

use super::package;
use crate::command::root;
use std::process::Command;

/// What each module may weigh after brotli, in bytes. The goal for the first is 350 KiB; its limit is
/// what is reached, so that it does not grow unnoticed (`docs/performance.md` says what it holds).
const LIMITS: [(&str, u32); 2] =
    [("full/grantif_bg.wasm", 468 * 1024), ("core/grantif_bg.wasm", 120 * 1024)];

/// Prints the size of each module and says which is too large.
pub(super) fn check() -> Result<(), String> {
    let mut beyond = Vec::new();
    for (file, limit) in LIMITS {
        let weigh = root().join("crates/wasm/tests/weigh.js");
        let output = Command::new("node").arg(weigh).arg(package().join(file)).output();
        let output = output.map_err(|error| format!("cannot start node ({error})"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let sizes: Vec<u32> = text.split_whitespace().filter_map(|one| one.parse().ok()).collect();
        let [raw, brotli] = sizes.as_slice() else {
            return Err(format!("{file}: {}", String::from_utf8_lossy(&output.stderr)));
        };
        println!("   {file}: {raw} bytes, {brotli} after brotli; {limit} allowed");
        if *brotli > limit {
            beyond.push(format!("{file} has {brotli} bytes after brotli; {limit} are allowed"));
        }
    }
    if beyond.is_empty() { Ok(()) } else { Err(beyond.join("\n")) }
}
