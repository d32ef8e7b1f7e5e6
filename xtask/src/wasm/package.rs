//! The files of the package, put together.

use super::{package, sources};
use crate::command::root;
use std::fs;
use std::path::Path;

/// Begins an empty package: what belongs to no entry.
pub(super) fn begin() -> Result<(), String> {
    let folder = package();
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| failed("remove", &folder, &error))?;
    }
    fs::create_dir_all(&folder).map_err(|error| failed("make", &folder, &error))?;
    let npm = sources().join("npm");
    copy(&npm.join("README.md"), &folder.join("README.md"))?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        copy(&root().join(licence), &folder.join(licence))?;
    }
    let manifest = npm.join("package.json");
    let text = read(&manifest)?;
    let mut manifest: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", manifest.display()))?;
    // One place says which version this is.
    if let Some(version) = manifest.get_mut("version") {
        *version = env!("CARGO_PKG_VERSION").into();
    }
    write(&folder.join("package.json"), &format!("{manifest:#}\n"))
}

/// Finishes an entry, of which wasm-bindgen wrote the module, its JavaScript and its types.
pub(super) fn entry(name: &str) -> Result<(), String> {
    let (npm, folder) = (sources().join("npm"), package().join(name));
    for file in ["guard.js", "node.js", "web.js"] {
        copy(&npm.join(file), &folder.join(file))?;
    }
    // The types of the module's bare exports are nobody's business.
    let bare = folder.join("grantif_bg.wasm.d.ts");
    fs::remove_file(&bare).map_err(|error| failed("remove", &bare, &error))?;
    let types = folder.join("grantif.d.ts");
    write(&types, &sorted(&read(&types)?))
}

/// Adds the command line.
pub(super) fn command_line(module: &Path) -> Result<(), String> {
    copy(&sources().join("npm/cli.js"), &package().join("cli.js"))?;
    copy(module, &package().join("cli.wasm"))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let script = package().join("cli.js");
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755))
            .map_err(|error| failed("change", &script, &error))?;
    }
    Ok(())
}

/// Sorts the types of a declaration file by name: they come in the order of hashes, which differs
/// from machine to machine.
fn sorted(types: &str) -> String {
    let is_type = |block: &str| {
        block
            .lines()
            .any(|line| line.starts_with("export interface ") || line.starts_with("export type "))
    };
    let name = |block: &str| {
        let declaration = block.lines().find(|line| line.starts_with("export "));
        declaration.and_then(|line| line.split(' ').nth(2)).unwrap_or_default().to_owned()
    };
    // Everything from the first class on is in the order of the sources.
    let class = types.find("\nexport class ").unwrap_or(types.len());
    let end = types.get(..class).and_then(|before| before.rfind("\n\n")).unwrap_or(class);
    let (types, rest) = types.split_at_checked(end).unwrap_or((types, ""));
    let (mut sorted, others): (Vec<&str>, Vec<&str>) =
        types.split("\n\n").filter(|block| !block.trim().is_empty()).partition(|one| is_type(one));
    sorted.sort_by_key(|block| name(block));
    let blocks: Vec<&str> = others.into_iter().chain(sorted).map(str::trim_end).collect();
    format!("{}{rest}", blocks.join("\n\n"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| failed("read", path, &error))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| failed("write", path, &error))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(|_| ()).map_err(|error| failed("copy", from, &error))
}

fn failed(what: &str, path: &Path, error: &std::io::Error) -> String {
    format!("cannot {what} {}: {error}", path.display())
}
