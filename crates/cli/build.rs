//! Puts the built editor into the program, where `GRANTIF_EDITOR_SITE` names its folder.
//!
//! Without it nothing is put in, so that an ordinary build needs no editor.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=GRANTIF_EDITOR_SITE");
    let mut list = String::from("&[");
    if let Some(folder) = env::var_os("GRANTIF_EDITOR_SITE") {
        let folder = fs::canonicalize(folder)?;
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
        files.sort_by_key(fs::DirEntry::file_name);
        for file in files {
            let (name, path) = (file.file_name(), file.path());
            write!(
                list,
                "({:?}, include_bytes!({:?}).as_slice()),",
                name.to_string_lossy(),
                path.display().to_string()
            )
            .map_err(io::Error::other)?;
        }
    }
    list.push(']');
    let out = env::var_os("OUT_DIR").ok_or(io::Error::other("cargo names no OUT_DIR"))?;
    fs::write(Path::new(&out).join("editor.rs"), list)
}
