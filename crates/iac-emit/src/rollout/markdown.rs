//! `plan.md`: what to do, step by step.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pim_model::{Policy, PrincipalType};

use super::files::{REMOVAL, Step, review_command};
use super::{Reason, Review, Rollout, Standing, query};
use crate::plan::scope_words;
use crate::target::Target;

/// What was written besides.
pub(super) struct Parts<'r> {
    pub(super) policies: Vec<Step>,
    pub(super) requests: Vec<Step>,
    pub(super) reviews: Vec<(String, &'r Review)>,
    pub(super) notes: Vec<String>,
}

/// Writes the plan.
pub(super) fn plan(rollout: &Rollout, parts: &Parts<'_>) -> String {
    let mut text = String::from("# From standing access to just-in-time\n\n");
    summary(&mut text, rollout);
    if rollout.proposed.is_empty() {
        text.push_str("\nThere is nothing to do: nobody holds one of these roles all the time.\n");
    } else {
        before(&mut text, rollout, parts);
        policies(&mut text, rollout, parts);
        requests(&mut text, rollout, parts);
        removal(&mut text, rollout);
        reviews(&mut text, rollout, parts);
    }
    queries(&mut text, rollout);
    kept(&mut text, rollout);
    if !rollout.proposed.is_empty() {
        back(&mut text);
    }
    text
}

fn summary(text: &mut String, rollout: &Rollout) {
    let roles: Vec<_> = rollout.options.roles.iter().map(|role| plain(&role.name)).collect();
    let (proposed, kept) = (rollout.proposed.len(), rollout.kept.len());
    let _ = writeln!(text, "Roles: {}.\n", roles.join(", "));
    let _ = writeln!(
        text,
        "| assignments | |\n|---|---|\n| to become eligible, for {} | {proposed} |\n| to stay, with \
         the reason below | {kept} |\n| of other roles, not looked at | {} |",
        rollout.options.eligibility.words(),
        rollout.others
    );
    if rollout.repeated > 0 {
        let _ = writeln!(text, "| in the list more than once | {} |", rollout.repeated);
    }
    if !rollout.warnings.is_empty() {
        text.push_str("\n**Read this first**\n\n");
        for warning in &rollout.warnings {
            let _ = writeln!(text, "- {warning}");
        }
    }
}

fn before(text: &mut String, rollout: &Rollout, parts: &Parts<'_>) {
    text.push_str(
        "\n## 0. Before you start\n\n\
         1. Sign in with `az login` as an account that may assign roles and **stays** in this plan: \
         a break-glass account, or one whose access comes from elsewhere. Whoever removes the own \
         last way in cannot go on.\n\
         2. Check that the tenant has Entra ID P2 or Entra ID Governance for everybody who becomes \
         eligible.\n\
         3. Check that nobody has activated a role in PIM right now. An activated role is in the \
         list of `az` like any other, so it may be in this plan too.\n\
         4. Run every command from the folder of this file.\n",
    );
    let uses =
        |target| parts.policies.iter().chain(&parts.requests).any(|step| step.target == target);
    if uses(Target::Azurerm) {
        text.push_str(
            "5. Set `ARM_SUBSCRIPTION_ID`, which azurerm asks for. Each folder is a root module of \
             its own, with local state: put your backend into its `providers.tf`.\n",
        );
    } else if uses(Target::AzapiAction) {
        text.push_str(
            "5. Each folder is a root module of its own, with local state: put your backend into its \
             `providers.tf`.\n",
        );
    }
    let has_group = |kind| rollout.proposed.iter().any(|one| one.assignment.principal_type == kind);
    if has_group(Some(PrincipalType::Group)) {
        text.push_str(
            "\nGroups become eligible as they are: every member can then activate the role, each for \
             oneself. Such an eligibility is extended by an administrator only. Look at who is a \
             member first, and for service principals among them: they lose the access and cannot \
             activate.\n",
        );
    }
}

fn policies(text: &mut String, rollout: &Rollout, parts: &Parts<'_>) {
    text.push_str(
        "\n## 1. Set the rules\n\n\
         First the rules, so that no activation slips through under the old ones. They hold for \
         everybody with the role at this very scope, and are inherited neither from above nor \
         below. They also limit active assignments that are made in PIM from now on to 15 days; \
         plain role assignments, such as those of applications, are not touched.\n",
    );
    for (step, policy) in parts.policies.iter().zip(&rollout.policies) {
        let scope = scope_words(&policy.change.scope);
        let _ = writeln!(text, "\n### {} on {}\n", plain(&step.words), plain(&scope));
        let policy = Policy { rules: policy.change.rules.clone(), ..Policy::default() };
        for setting in policy.describe() {
            let _ = writeln!(text, "- {}: {}", plain(&setting.name), plain(&setting.value));
        }
        do_this(text, step);
    }
    text.push_str(
        "\nLook at one of them in the portal, under Privileged Identity Management, Azure \
         resources, Settings.\n",
    );
}

fn requests(text: &mut String, rollout: &Rollout, parts: &Parts<'_>) {
    let is_terraform = parts
        .requests
        .iter()
        .any(|step| matches!(step.target, Target::Azurerm | Target::Azapi | Target::AzapiAction));
    let again = if is_terraform {
        "A second apply changes nothing."
    } else {
        "Each request has a fixed name and is taken once; a second run of the same file is refused, \
         and changes nothing."
    };
    let _ = writeln!(
        text,
        "\n## 2. Make eligible\n\nFor {}. Nobody loses anything yet. {again}",
        rollout.options.eligibility.words()
    );
    let has_region =
        |step: &Step| step.command.as_ref().is_some_and(|text| text.contains("<region>"));
    if parts.requests.iter().any(has_region) {
        text.push_str(
            "\nPut a region, such as `westeurope`, in place of `<region>`: it is where Azure keeps \
             the record of the deployment.\n",
        );
    }
    for (step, proposed) in parts.requests.iter().zip(&rollout.proposed) {
        let assignment = &proposed.assignment;
        let scope = scope_words(&assignment.scope);
        let _ = writeln!(
            text,
            "\n### {} for {}\n\n- {}, object id `{}`\n- on {}, `{}`",
            plain(&proposed.role),
            code(&step.words),
            kind(assignment),
            assignment.principal_id,
            plain(&scope),
            code_text(&assignment.scope.to_string()),
        );
        if let Some(condition) = &assignment.condition {
            let _ = writeln!(text, "- with its condition: {}", code(condition));
        }
        do_this(text, step);
    }
    text.push_str(
        "\nThen let one person activate a role, before anything is taken away: in the portal under \
         My roles, Azure resources. Repair the rules if that fails.\n",
    );
    for note in &parts.notes {
        let _ = writeln!(text, "\n{note}");
    }
}

fn do_this(text: &mut String, step: &Step) {
    match &step.command {
        Some(command) => {
            let _ = writeln!(text, "\n```bash\n{command}\n```");
        }
        None => {
            let file = step.target.file_name();
            let _ = writeln!(text, "\nSend `{}/{file}`.", step.folder);
        }
    }
    if matches!(step.target, Target::Azurerm) && step.folder.starts_with("1-") {
        text.push_str(
            "\nApply it twice: the first time, the provider leaves out the rules of active \
             assignments.\n",
        );
    }
}

fn removal(text: &mut String, rollout: &Rollout) {
    let _ = writeln!(
        text,
        "\n## 3. Take the standing access away\n\n**Only now**, and only what is replaced: the script \
         asks PIM for each eligibility and leaves the assignment alone until it is provisioned.\n\n\
         ```bash\nbash {REMOVAL}\n```\n\nshows what is ready.\n\n```bash\nbash {REMOVAL} \
         --apply\n```\n\nremoves it."
    );
    text.push_str("\n| role | from | on |\n|---|---|---|\n");
    for proposed in &rollout.proposed {
        let assignment = &proposed.assignment;
        let by_hand =
            if assignment.id().is_none() { " (by hand: its name is not known)" } else { "" };
        let _ = writeln!(
            text,
            "| {} | {}{by_hand} | {} |",
            plain(&proposed.role),
            cell(&assignment.principal()),
            plain(&scope_words(&assignment.scope))
        );
    }
}

fn reviews(text: &mut String, rollout: &Rollout, parts: &Parts<'_>) {
    text.push_str(
        "\n## 4. Review every quarter\n\nReviewers have 14 days and must say why somebody keeps the \
         eligibility. **Whoever gets no answer loses it**, without anybody doing anything.\n",
    );
    if rollout.options.reviewers.is_empty() {
        text.push_str(
            "\nNo reviewer was named: put object ids in place of `<object id of a reviewer>` first. \
             Azure refuses the files as they are.\n",
        );
    }
    text.push_str("\n```bash\n");
    for (path, review) in &parts.reviews {
        let _ = writeln!(text, "{}", review_command(path, review));
    }
    text.push_str(
        "```\n\nThe API for this is a preview. Look at the first review in the portal before the \
         others are sent.\n",
    );
}

fn queries(text: &mut String, rollout: &Rollout) {
    text.push_str("\n## 5. Watch\n\nQueries for Log Analytics and Microsoft Sentinel:\n\n");
    for (name, what, _) in query::queries(rollout) {
        let _ = writeln!(text, "- `5-queries/{name}`: {what}");
    }
    if !rollout.kept.iter().any(|kept| kept.reason == Reason::Named) {
        text.push_str(
            "\nNo account was named to be kept: put object ids into `break-glass-sign-in.kql`.\n",
        );
    }
}

fn kept(text: &mut String, rollout: &Rollout) {
    if rollout.kept.is_empty() {
        return;
    }
    text.push_str("\n## What stays\n");
    let mut by_reason: BTreeMap<Reason, Vec<_>> = BTreeMap::new();
    for kept in &rollout.kept {
        by_reason.entry(kept.reason).or_default().push(kept);
    }
    for (reason, kept) in by_reason {
        let _ = writeln!(text, "\n{}\n\n| role | of | on |\n|---|---|---|", reason.sentence());
        for kept in kept {
            let assignment = &kept.assignment;
            let _ = writeln!(
                text,
                "| {} | {} | {} |",
                plain(&kept.role),
                cell(&assignment.principal()),
                plain(&scope_words(&assignment.scope))
            );
        }
    }
}

fn back(text: &mut String) {
    text.push_str(
        "\n## If it goes wrong\n\n\
         - Somebody cannot activate: sign in with a break-glass account and change the settings of \
         the role. A request that waits is not judged anew: cancel it and ask again.\n\
         - Somebody must have the role at once: `az role assignment create` gives it back, with the \
         role, principal and scope of the table in step 3.\n",
    );
}

fn kind(assignment: &Standing) -> &'static str {
    match assignment.principal_type {
        Some(PrincipalType::Group) => "group",
        _ => "user",
    }
}

/// A text in a table, as code.
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// A text as code, whatever stands in it.
fn code(text: &str) -> String {
    let text = code_text(text);
    let longest = text.split(|one| one != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

fn code_text(text: &str) -> String {
    text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect()
}

/// A text as text, in which no sign means anything to Markdown.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&') {
            plain.push('\\');
        }
        plain.push(if letter.is_control() { ' ' } else { letter });
    }
    plain
}
