//! Readers of the formats.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use tree_sitter::{Language, Node, Parser};

/// Pieces that mean something to at least one of the formats.
const FRAGMENTS: &[&str] = &[
    "'",
    "''",
    "'''",
    "''''",
    "\"",
    "\"\"",
    "`",
    "``",
    "$",
    "$$",
    "$x",
    "${",
    "${x}",
    "$${",
    "$(x)",
    "%",
    "%%",
    "%{",
    "%{ if x }",
    "%%{",
    "{",
    "{{",
    "{{x}}",
    "}",
    "}}",
    "@",
    "@'",
    "'@",
    "\"@",
    "[",
    "[[",
    "]",
    "]]",
    "[x]",
    "(",
    ")",
    "\\",
    "\\\\",
    "\\n",
    "\\u0041",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "\u{a0}",
    "#",
    "//",
    "/*",
    "*/",
    "!",
    "!!",
    "&",
    "&&",
    "|",
    ";",
    "<",
    "<<EOF",
    "\nEOF\n",
    "\nEOT\n",
    "\nJSON\n",
    "~",
    "*",
    "?",
    "=",
    "-",
    "--",
    "a",
    "ActionMatches{'a/b/c'}",
    "@Resource[a:b] StringEquals 'c'",
    "ä",
    "名",
    "🔐",
    "\u{301}",
    "‘",
    "’",
    "‚",
    "‛",
    "“",
    "”",
    "„",
    "–",
    "\u{85}",
    "\u{2028}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{1}",
    "\u{7}",
    "\u{8}",
    "\u{b}",
    "\u{c}",
    "\u{1b}",
    "\u{7f}",
    "\u{10ffff}",
];

/// So many cases, the same in every run unless `PROPTEST_RNG_SEED` says otherwise.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Text that is hard to quote.
pub(crate) fn nasty(pieces: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        4 => select(FRAGMENTS).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(fragment, pieces).prop_map(|fragments| fragments.concat())
}

/// Parses a file, in which no fault may be.
pub(crate) fn assert_parses(language: Language, source: &str) {
    let mut parser = Parser::new();
    parser.set_language(&language).unwrap();
    let tree = parser.parse(source, None).unwrap();
    assert!(!tree.root_node().has_error(), "{source}\n{}", tree.root_node().to_sexp());
}

/// Parses a file and gives its one node of a kind that covers exactly the given text.
fn with_string_node<R>(
    language: Language,
    source: &str,
    quoted: &str,
    kind: &str,
    read: impl FnOnce(Node<'_>) -> R,
) -> R {
    let mut parser = Parser::new();
    parser.set_language(&language).unwrap();
    let tree = parser.parse(source, None).unwrap();
    assert!(!tree.root_node().has_error(), "{source:?}\n{}", tree.root_node().to_sexp());
    let start = source.find(quoted).unwrap();
    let mut node = tree.root_node().descendant_for_byte_range(start, start + quoted.len()).unwrap();
    while node.kind() != kind {
        node = node.parent().unwrap_or_else(|| panic!("no {kind} in {source:?}"));
    }
    assert_eq!(node.byte_range(), start..start + quoted.len(), "{source:?}");
    read(node)
}

/// The value of a string by Bicep's rules.
pub(crate) fn read_bicep(quoted: &str) -> String {
    // The grammar takes `//`, `/*` and `#` for comments even inside a string; Bicep gives them no meaning there.
    let masked = quoted.replace(['/', '#'], "a");
    let source = format!("var x = {masked}\n");
    with_string_node(tree_sitter_bicep::LANGUAGE.into(), &source, &masked, "string", |node| {
        let mut cursor = node.walk();
        assert!(node.children(&mut cursor).all(|child| child.kind() != "interpolation"));
    });
    if let Some(text) = quoted.strip_prefix("'''") {
        let text = text.strip_suffix("'''").unwrap();
        return text.strip_prefix('\n').unwrap_or(text).to_owned();
    }
    let text = quoted.strip_prefix('\'').unwrap().strip_suffix('\'').unwrap();
    assert!(!text.contains(['\n', '\r']), "a single-line string has one line");
    let mut value = String::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        assert_ne!(character, '\'');
        if character != '\\' {
            assert!(!(character == '$' && rest.as_str().starts_with('{')));
            value.push(character);
            continue;
        }
        match rest.next().unwrap() {
            'n' => value.push('\n'),
            'r' => value.push('\r'),
            't' => value.push('\t'),
            same @ ('\\' | '\'' | '$') => value.push(same),
            'u' => {
                let (digits, after) =
                    rest.as_str().strip_prefix('{').unwrap().split_once('}').unwrap();
                value.push(char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap());
                rest = after.chars();
            }
            other => panic!("`\\{other}` is no escape"),
        }
    }
    value
}

/// The value of a string by the rules of `about_Quoting_Rules` and `about_Special_Characters`.
pub(crate) fn read_powershell(quoted: &str) -> String {
    // The grammar takes `#` for a comment in some places inside a string; PowerShell gives it no meaning there.
    let masked = quoted.replace('#', "a");
    let source = format!("$x = {masked}\n");
    with_string_node(
        tree_sitter_powershell::LANGUAGE.into(),
        &source,
        &masked,
        "string_literal",
        |node| assert_eq!(node.child_count(), 1),
    );
    if let Some(text) = quoted.strip_prefix("@'\n") {
        return text.strip_suffix("\n'@").unwrap().to_owned();
    }
    if let Some(text) = quoted.strip_prefix('\'') {
        let text = text.strip_suffix('\'').unwrap();
        let is_quote = |character: char| "'‘’‚‛".contains(character);
        let mut value = String::new();
        let mut rest = text.chars();
        while let Some(mut character) = rest.next() {
            if is_quote(character) {
                character = rest.next().unwrap();
                assert!(is_quote(character), "the string ends early: {quoted:?}");
            }
            value.push(character);
        }
        return value;
    }
    let text = quoted.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
    let mut value = String::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        match character {
            '`' => value.push(match rest.next().unwrap() {
                '0' => '\0',
                'a' => '\u{7}',
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\u{b}',
                same => same,
            }),
            '$' => {
                let (digits, after) =
                    rest.as_str().strip_prefix("([char]0x").unwrap().split_once(')').unwrap();
                value.push(char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap());
                rest = after.chars();
            }
            other => {
                assert!(!"\"“”„".contains(other), "the string ends early: {quoted:?}");
                value.push(other);
            }
        }
    }
    value
}

/// What stands in a Terraform file, as `hcl` evaluates it.
pub(crate) fn read_hcl(source: &str) -> hcl::Value {
    use hcl::eval::{Context, FuncArgs, FuncDef, ParamType};
    fn chomp(arguments: FuncArgs) -> Result<hcl::Value, String> {
        let text = arguments[0].as_str().unwrap();
        Ok(hcl::Value::from(text.trim_end_matches(['\r', '\n'])))
    }
    let mut context = Context::new();
    context.declare_func("chomp", FuncDef::builder().param(ParamType::String).build(chomp));
    let body: hcl::Value =
        hcl::eval::from_str(source, &context).unwrap_or_else(|error| panic!("{error}\n{source}"));
    body
}

/// What a real bash makes of a script.
pub(crate) fn read_bash(script: &str, folder: &Path) -> Vec<u8> {
    let mut child = Command::new("bash")
        .args(["--noprofile", "--norc", "-s"])
        .env("LC_ALL", "C")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{script}");
    output.stdout
}

/// What Resource Manager makes of a literal.
pub(crate) fn read_arm(text: &str) -> &str {
    let is_expression = text.starts_with('[') && text.ends_with(']') && !text.starts_with("[[");
    assert!(!is_expression, "{text}");
    match text.strip_prefix('[') {
        Some(literal) if literal.starts_with('[') && text.ends_with(']') => literal,
        _ => text,
    }
}
