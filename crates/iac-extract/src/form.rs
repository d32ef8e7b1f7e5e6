//! How texts are quoted in each host.

use std::borrow::Cow;

/// One layer of quoting: what has to be done to a text so that the host reads it back.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// The text stands as it is: a whole file, a fence of Markdown.
    Plain,
    /// `'…'` of Bicep.
    Bicep,
    /// `'''…'''` of Bicep, which has no escapes.
    BicepBlock,
    /// `"…"` of Terraform.
    Hcl,
    /// A heredoc of Terraform; the indentation that is taken away from each line.
    HclHeredoc {
        /// The white space before each line.
        indent: String,
    },
    /// `"…"` of JSON.
    Json,
    /// `'…'` in an expression of an ARM template; of `format`, braces are doubled.
    Arm {
        /// Whether it is the first argument of `format`.
        braces: bool,
    },
    /// A bare text of an ARM template, where a leading `[` is doubled.
    ArmPlain,
    /// `'…'` of PowerShell.
    PowerShellSingle,
    /// `"…"` of PowerShell.
    PowerShellDouble,
    /// `@'…'@` of PowerShell, which has no escapes.
    PowerShellHereSingle,
    /// `@"…"@` of PowerShell.
    PowerShellHereDouble,
    /// `'…'` of bash.
    BashSingle,
    /// `"…"` of bash.
    BashDouble,
    /// `$'…'` of bash.
    BashAnsi,
    /// A heredoc of bash whose word is quoted, which has no escapes.
    BashHeredocPlain,
    /// A heredoc of bash whose word is not quoted.
    BashHeredoc,
    /// A word of bash without quotes.
    BashBare,
    /// A block of YAML; the indentation of its lines.
    YamlBlock {
        /// The white space before each line.
        indent: String,
    },
    /// `'…'` of YAML.
    YamlSingle,
    /// `"…"` of YAML.
    YamlDouble,
    /// A scalar of YAML without quotes.
    YamlPlain,
}

impl Form {
    /// Says whether a line break can stand in it as a line break.
    #[must_use]
    pub const fn holds_lines(&self) -> bool {
        !matches!(
            self,
            Self::Bicep
                | Self::Hcl
                | Self::Json
                | Self::Arm { .. }
                | Self::ArmPlain
                | Self::BashBare
                | Self::BashAnsi
                | Self::YamlSingle
                | Self::YamlDouble
                | Self::YamlPlain
        )
    }

    /// Writes a text in this quoting, without the quotes around it; `None` where it cannot be.
    #[must_use]
    pub fn encode(&self, text: &str) -> Option<String> {
        Some(match self {
            Self::Plain => text.to_owned(),
            Self::Bicep => escape(text, |at, rest| match at {
                '\\' => Some("\\\\".into()),
                '\'' => Some("\\'".into()),
                '\n' => Some("\\n".into()),
                '\r' => Some("\\r".into()),
                '\t' => Some("\\t".into()),
                '$' if rest.starts_with('{') => Some("\\$".into()),
                _ => None,
            }),
            Self::BicepBlock => (!text.contains("''")).then(|| text.to_owned())?,
            Self::Hcl => escape(text, |at, rest| match at {
                '\\' => Some("\\\\".into()),
                '"' => Some("\\\"".into()),
                '\n' => Some("\\n".into()),
                '\r' => Some("\\r".into()),
                '\t' => Some("\\t".into()),
                _ => template_sign(at, rest),
            }),
            Self::HclHeredoc { indent } => indented(&escape(text, template_sign), indent),
            Self::Json | Self::YamlDouble => json(text),
            Self::Arm { braces } => escape(text, |at, _| match at {
                '\'' => Some("''".into()),
                '{' if *braces => Some("{{".into()),
                '}' if *braces => Some("}}".into()),
                _ => None,
            }),
            Self::ArmPlain => text.to_owned(),
            Self::PowerShellSingle => escape(text, |at, _| {
                matches!(at, '\'' | '‘' | '’' | '‚' | '‛').then(|| format!("{at}{at}").into())
            }),
            Self::PowerShellDouble => escape(text, |at, _| match at {
                '`' | '$' | '"' | '“' | '”' | '„' => Some(format!("`{at}").into()),
                _ => None,
            }),
            Self::PowerShellHereSingle => (!text.contains("'@")).then(|| text.to_owned())?,
            Self::PowerShellHereDouble => {
                if text.contains("\"@") {
                    return None;
                }
                escape(text, |at, _| matches!(at, '`' | '$').then(|| format!("`{at}").into()))
            }
            Self::BashSingle => text.replace('\'', r"'\''"),
            Self::BashDouble => escape(text, |at, _| {
                matches!(at, '\\' | '"' | '$' | '`').then(|| format!("\\{at}").into())
            }),
            Self::BashAnsi => escape(text, |at, _| match at {
                '\\' => Some("\\\\".into()),
                '\'' => Some("\\'".into()),
                '\n' => Some("\\n".into()),
                '\r' => Some("\\r".into()),
                '\t' => Some("\\t".into()),
                _ => None,
            }),
            Self::BashHeredocPlain => text.to_owned(),
            Self::BashHeredoc => escape(text, |at, _| {
                matches!(at, '\\' | '$' | '`').then(|| format!("\\{at}").into())
            }),
            Self::BashBare => {
                if text.contains('\n') {
                    return None;
                }
                escape(text, |at, _| {
                    let safe =
                        at.is_alphanumeric() || matches!(at, '_' | '-' | '/' | '.' | ':' | ',');
                    (!safe).then(|| format!("\\{at}").into())
                })
            }
            Self::YamlBlock { indent } => indented(text, indent),
            Self::YamlSingle => (!text.contains('\n')).then(|| text.replace('\'', "''"))?,
            Self::YamlPlain => {
                let risky = text.contains('\n') || text.contains(": ") || text.contains(" #");
                (!risky).then(|| text.to_owned())?
            }
        })
    }
}

/// Writes a text through layers of quoting, the innermost first.
pub(crate) fn encode(forms: &[Form], text: &str) -> Option<String> {
    forms.iter().try_fold(text.to_owned(), |text, form| form.encode(&text))
}

/// `${` and `%{` begin a template in Terraform; doubling the sign takes that away.
fn template_sign(at: char, rest: &str) -> Option<Cow<'static, str>> {
    match at {
        '$' if rest.starts_with('{') => Some("$$".into()),
        '%' if rest.starts_with('{') => Some("%%".into()),
        _ => None,
    }
}

/// Indents every line but the first; the host has white space of its own before what follows a line
/// break at the end.
fn indented(text: &str, indent: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if number > 0 && !line.trim().is_empty() {
            result.push_str(indent);
        }
        result.push_str(line);
    }
    result
}

fn escape(text: &str, change: impl Fn(char, &str) -> Option<Cow<'static, str>>) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(at) = rest.next() {
        match change(at, rest.as_str()) {
            Some(changed) => result.push_str(&changed),
            None => result.push(at),
        }
    }
    result
}

fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.unwrap_or_default().to_owned()
}
