//! The targets and what each can carry, as a table.

use crate::console::{FAINT, STRONG, Style};
use iac_emit::{Carried, Target};

/// The columns: a heading, what is carried, and the same with a condition.
const COLUMNS: [(&str, Carried, Option<Carried>); 8] = [
    ("eligible", Carried::Eligible, Some(Carried::EligibleCondition)),
    ("active", Carried::Active, Some(Carried::ActiveCondition)),
    ("activate", Carried::Activation, None),
    ("extend", Carried::Update, None),
    ("remove", Carried::Remove, None),
    ("plain", Carried::Assignment, Some(Carried::AssignmentCondition)),
    ("policy", Carried::Policy, None),
    ("groups", Carried::Group, None),
];

pub(super) fn draw(style: Style) -> String {
    let width = Target::ALL.iter().map(|target| target.name().len()).max().unwrap_or(0);
    let heading: String = COLUMNS.iter().map(|(name, ..)| format!("  {name}")).collect();
    let mut text = style.paint(STRONG, &format!("{:width$}{heading}", "target"));
    text.push('\n');
    let (yes, no) = (if style.unicode { "✓" } else { "+" }, if style.unicode { "–" } else { "-" });
    for target in Target::ALL {
        let mut line = format!("{:width$}", target.name());
        for (name, plain, with) in COLUMNS {
            let carries = |one| target.carries().contains(&one);
            let mark = match (carries(plain), with.is_none_or(carries)) {
                (false, _) => no.to_owned(),
                (true, true) => yes.to_owned(),
                (true, false) => format!("{yes}*"),
            };
            line.push_str(&format!("  {mark:width$}", width = name.len()));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.push_str(&style.paint(FAINT, "* without a condition"));
    text.push_str("\n\n");
    let files = Target::ALL.iter().map(|target| target.file_name().len()).max().unwrap_or(0);
    for target in Target::ALL {
        let (name, file) = (target.name(), target.file_name());
        text.push_str(&format!("{name:width$}  {file:files$}  {}\n", target.title()));
    }
    text
}
