//! Everything that is shown about a text as it is typed.

mod complete;
mod finding;
mod hover;
mod inlay;
mod token;
mod truth_table;

pub use complete::{Completion, CompletionKind, Completions, complete};
pub use finding::{Finding, FindingFix, FindingLabel};
pub use hover::{Hover, hover};
pub use inlay::Inlay;
pub use token::{ColouredToken, TokenClass};
pub use truth_table::{TruthRow, TruthTable, truth_table};

use crate::change::Changes;
use crate::condition::Condition;
use crate::position::Range;
use abac_catalog::{Catalog, Role};
use abac_explain::Explanation;
use abac_lint::{Level, Levels, Options};
use abac_syntax::{ExprKind, FormatError, Layout, Operand};
use diagnostics::Severity;

/// The most bytes that Azure takes (*documented*: conditions-faq, 2023-05-09).
pub const MAX_CONDITION_BYTES: usize = 8192;

/// What the person has said besides the text.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The facts with what the tenant adds; the built-in ones where there is none.
    pub catalog: Option<Catalog>,
    /// The GUID or the name of the role that the condition is for.
    pub role: Option<String>,
    /// Where the condition is used.
    pub context: abac_lint::Context,
    /// The ids of rules whose findings are not to be shown.
    pub ignored: Vec<String>,
}

impl Settings {
    /// Returns the facts.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        self.catalog.as_ref().unwrap_or_else(|| Catalog::builtin())
    }

    /// Returns the role that the condition is for, where it is known.
    #[must_use]
    pub fn role(&self) -> Option<&Role> {
        let role = self.role.as_deref()?;
        self.catalog().role(role).or_else(|| self.catalog().role_by_name(role))
    }
}

/// What is shown about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis {
    /// The tokens that have a colour, in the order of the text.
    pub tokens: Vec<ColouredToken>,
    /// What is wrong, in the order of the text; the wording is that of the command line.
    pub findings: Vec<Finding>,
    /// How many bytes the condition has, without white space at its ends.
    pub bytes: usize,
    /// How many bytes it would have in the smallest layout, where it can be read.
    pub smallest: Option<usize>,
    /// The condition in plain English, and as a table.
    pub meaning: Explanation,
    /// Names to show beside GUIDs.
    pub inlays: Vec<Inlay>,
    /// What can be folded: parentheses and sets that span lines.
    pub folds: Vec<Range>,
}

impl Analysis {
    /// Returns how many findings have a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Looks at a text from every side.
#[must_use]
pub fn analyse(text: &str, settings: &Settings) -> Analysis {
    look(&Condition::read(text), settings)
}

/// Looks at a condition that was read already.
#[must_use]
pub fn look(condition: &Condition, settings: &Settings) -> Analysis {
    let (text, tree) = (condition.text(), condition.tree());
    Analysis {
        tokens: token::coloured(condition),
        findings: finding::findings(condition, settings),
        bytes: text.trim().len(),
        smallest: condition.is_readable().then(|| abac_syntax::smallest_len(text, tree)).flatten(),
        meaning: abac_explain::explain(text, tree, settings.catalog()),
        inlays: inlay::inlays(condition, settings.catalog()),
        folds: folds(condition),
    }
}

/// Lays a condition out anew.
///
/// # Errors
///
/// See [`abac_syntax::format()`].
pub fn format(condition: &Condition, layout: Layout) -> Result<Changes, FormatError> {
    let text = abac_syntax::format(condition.text(), condition.tree(), layout)?;
    Ok(Changes::between(condition.text(), &text))
}

/// Returns the Markdown page of a rule, whoever's rule it is.
#[must_use]
pub fn rule_page(id: &str) -> Option<&'static str> {
    abac_lint::page(id).or_else(|| pim_model::page(id))
}

pub(crate) fn options<'s>(settings: &'s Settings) -> Options<'s> {
    let mut levels = Levels::default();
    for id in &settings.ignored {
        // A rule that no longer exists has nothing to ignore.
        let _ = levels.set(id, Level::Off);
    }
    let options = Options::new(settings.catalog()).context(settings.context.clone()).levels(levels);
    match settings.role() {
        Some(role) => options.role(role),
        None => options,
    }
}

fn folds(condition: &Condition) -> Vec<Range> {
    let (text, tree) = (condition.text(), condition.tree());
    let mut folds = Vec::new();
    for (_, expr) in tree.exprs() {
        let span = match expr.kind {
            ExprKind::Group(_) => expr.span,
            ExprKind::Comparison { right: Operand::Set { span, .. }, .. } => span,
            _ => continue,
        };
        if span.of(text).contains('\n') {
            folds.push(condition.range(span));
        }
    }
    folds.sort_unstable();
    folds
}
