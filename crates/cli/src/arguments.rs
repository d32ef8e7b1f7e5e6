//! The command line, as clap reads it.

use crate::commands::{
    catalog, check, completions, emit, eval, explain, fmt, man, pim, policy, rollout, rule, test,
    why,
};
#[cfg(feature = "online")]
use crate::commands::{sandbox, serve};
use crate::console::Appearance;
use anstyle::{AnsiColor, Style};
use clap::builder::Styles;
use clap::{Parser, Subcommand};

const STYLES: Styles = Styles::styled()
    .header(Style::new().bold())
    .usage(Style::new().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Green.on_default());

const AFTER: &str = "\
Examples:
  grantif check examples                    find what is wrong in every *.abac file
  grantif explain condition.abac            say in plain English what a condition allows
  grantif rule quoted-guid                  read why a rule is there

Exit codes:
  0  nothing to complain about
  1  findings, a denied request, a failed test
  2  wrong usage, or something that cannot be read or written";

/// Azure role-assignment conditions, PIM requests and role policies: read, checked, explained, written
#[derive(Debug, Parser)]
#[command(name = "grantif", version, styles = STYLES, after_help = AFTER, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) appearance: Appearance,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(check::Arguments),
    Fmt(fmt::Arguments),
    Eval(eval::Arguments),
    Test(test::Arguments),
    Explain(explain::Arguments),
    Pim(pim::Arguments),
    Policy(policy::Arguments),
    Emit(emit::Arguments),
    Rollout(rollout::Arguments),
    #[cfg(feature = "online")]
    Sandbox(sandbox::Arguments),
    #[cfg(feature = "online")]
    Serve(serve::Arguments),
    Rule(rule::Arguments),
    Catalog(catalog::Arguments),
    Why(Box<why::Arguments>),
    Completions(completions::Arguments),
    Man(man::Arguments),
}
