//! The editor: built, measured, tested in a browser.

use crate::command::{cargo, npm_packages, root, step};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What the browser loads before the first screen works may weigh after brotli, in bytes. The goal is
/// 450 KiB; the limit is what is reached, so that it does not grow unnoticed. Delivery and the
/// connection to a service could be modules of their own, loaded when they are opened.
const LIMIT: u64 = 1000 * 1024;

/// What the compiler uses of WebAssembly beyond its first version; every browser that knows the
/// style sheets knows these.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds the editor; `--check-size` also prints and enforces how large it may be.
///
/// # Errors
///
/// Says which step failed.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let check_size = match arguments {
        [] => false,
        [flag] if flag == "--check-size" => true,
        _ => return Err("usage: cargo xtask web [--check-size]".to_owned()),
    };
    build()?;
    if check_size { weigh() } else { Ok(()) }
}

/// Builds the editor, and drives it through its journeys in Chromium.
///
/// # Errors
///
/// Says which step failed.
pub(crate) fn test() -> Result<(), String> {
    run(&["--check-size".to_owned()])?;
    let tests = root().join("tests/browser");
    npm_packages(&tests)?;
    step("build grantif, for its sandbox", cargo(&["build", "--package", "cli"]))?;
    let mut journeys = Command::new("npm");
    journeys.args(["test", "--silent"]).current_dir(&tests).env("GRANTIF_SITE", site());
    journeys.env("GRANTIF_BIN", root().join("target/debug/grantif"));
    step("journeys through the editor in Chromium", journeys)
}

/// Returns the folder of the built site: plain files, for any web host.
pub(crate) fn site() -> PathBuf {
    root().join("target/web/site")
}

/// Returns the folder of the program as wasm-bindgen writes it, before it becomes a site.
fn program() -> PathBuf {
    root().join("target/web/program")
}

pub(crate) fn build() -> Result<(), String> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let scripts = root().join("web/js");
    npm_packages(&scripts)?;
    let mut compile =
        cargo(&["build", "--package", "web", "--profile", "wasm", "--target", TARGET]);
    // Leptos then forgets the types of views at the edges of components, of which each would
    // otherwise bring its own copy of everything that draws it.
    compile.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "--cfg erase_components");
    step("compile the editor", compile)?;
    for folder in [program(), site()] {
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .map_err(|error| format!("cannot empty {}: {error}", folder.display()))?;
        }
        fs::create_dir_all(&folder)
            .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    let mut bindgen = cargo(&["run", "--quiet", "--package", "bindgen", "--"]);
    bindgen.arg(root().join("target").join(TARGET).join("wasm/web.wasm"));
    bindgen.arg(program()).arg("web");
    step("write the JavaScript side of the editor", bindgen)?;
    let (module, smaller) = (program().join("web_bg.wasm"), program().join("smaller.wasm"));
    let mut optimise = Command::new("node");
    optimise.arg(scripts.join("node_modules/binaryen/bin/wasm-opt")).arg(&module);
    optimise.args(FEATURES).args(["-Oz", "--strip-debug", "--strip-producers", "-o"]);
    optimise.arg(&smaller);
    step("make the program smaller", optimise)?;
    fs::rename(&smaller, &module)
        .map_err(|error| format!("cannot replace {}: {error}", module.display()))?;
    let mut bundle = Command::new("node");
    bundle.arg("build.mjs").arg("site").arg(program()).arg(site()).current_dir(scripts);
    step("bundle the site", bundle)
}

fn weigh() -> Result<(), String> {
    let mut weigh = Command::new("node");
    weigh.arg("build.mjs").arg("weigh").arg(site()).current_dir(root().join("web/js"));
    let output = weigh.output().map_err(|error| format!("cannot start node ({error})"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut sum = 0;
    for line in text.lines() {
        let mut columns = line.split('\t');
        let (Some(file), Some(raw), Some(packed)) = (
            columns.next(),
            columns.next(),
            columns.next().and_then(|one| one.parse::<u64>().ok()),
        ) else {
            return Err(format!("what node says of sizes is not understood: {line}"));
        };
        println!("   {file}: {raw} bytes, {packed} after brotli");
        sum += packed;
    }
    println!("   first load: {sum} bytes after brotli; {LIMIT} allowed");
    match sum {
        0 => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        sum if sum > LIMIT => {
            Err(format!("the first load has {sum} bytes after brotli; {LIMIT} are allowed"))
        }
        _ => Ok(()),
    }
}
