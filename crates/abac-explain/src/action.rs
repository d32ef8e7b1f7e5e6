//! Actions in words.

use crate::explanation::{Context, ExplainedAction};
use crate::phrase::Phrase;
use abac_catalog::Action;
use abac_syntax::{Guard, LiteralId};
use std::borrow::Cow;

/// Puts a guarded action into words.
pub(crate) fn explain(context: Context<'_>, guard: &Guard) -> ExplainedAction {
    let name = |id: LiteralId| context.tree.literal(id).text(context.source);
    let suboperations: Vec<(Cow<'_, str>, bool)> =
        guard.suboperations.iter().map(|one| (name(one.name), one.negated)).collect();
    let pattern = guard.action.map(name);
    let (text, complete, named) = match &pattern {
        None => (Phrase::words("doing anything"), false, true),
        Some(pattern) => in_words(context, pattern, &suboperations),
    };
    let mut limits = Phrase::default();
    for (position, (name, negated)) in suboperations.iter().enumerate() {
        let word = match (position, *negated) {
            (0, true) => "without suboperation ",
            (0, false) => "with suboperation ",
            (_, true) => " and without ",
            (_, false) => " and with ",
        };
        limits = limits.and(word).join(Phrase::literal(name.as_ref()));
    }
    let mut detail = Phrase::default();
    if let Some(pattern) = pattern.as_ref().filter(|_| !named) {
        detail = Phrase::literal(pattern.as_ref());
    }
    let text = if complete || limits.is_empty() {
        if !limits.is_empty() {
            detail = detail.and(", ").join(limits);
        }
        text
    } else {
        text.and(" ").join(limits)
    };
    ExplainedAction { span: guard.span, text, detail: (!detail.is_empty()).then_some(detail) }
}

/// Returns the words for an action pattern, whether they say its suboperations too, and whether
/// they hold the pattern itself.
fn in_words(
    context: Context<'_>,
    pattern: &str,
    suboperations: &[(Cow<'_, str>, bool)],
) -> (Phrase, bool, bool) {
    let fits = |action: &&Action| match (action.suboperation, suboperations) {
        (None, []) => true,
        (Some(target), [(name, negated)]) => {
            target.name.eq_ignore_ascii_case(name) && target.negated == *negated
        }
        _ => false,
    };
    let same = |action: &&Action| action.action.eq_ignore_ascii_case(pattern);
    let known = || context.catalog.actions().filter(same);
    if let Some(action) = known().find(fits) {
        return (doing(action), true, false);
    }
    if let Some(action) = known().find(|action| action.suboperation.is_none()) {
        return (doing(action), false, false);
    }
    if pattern == "*" {
        return (Phrase::words("doing anything"), false, true);
    }
    if !pattern.contains('*') {
        return (Phrase::words("performing ").join(Phrase::literal(pattern)), false, true);
    }
    let mut text = Phrase::words("performing any action that matches ");
    text = text.join(Phrase::literal(pattern));
    let matched: Vec<_> = context
        .catalog
        .actions_matching(pattern)
        .filter(|action| action.suboperation.is_none())
        .take(4)
        .map(doing)
        .collect();
    if !matched.is_empty() {
        let more = if matched.len() == 4 { "such as " } else { "that is, among others, " };
        text = text.and(" (").and(more).join(Phrase::list(matched, "or")).and(")");
    }
    (text, false, true)
}

/// Puts the pattern of an `ActionMatches` into words, outside of a guard.
pub(crate) fn pattern(context: Context<'_>, pattern: &str) -> Phrase {
    let (text, _, named) = in_words(context, pattern, &[]);
    if named { text } else { text.and(" (").join(Phrase::literal(pattern)).and(")") }
}

/// Puts an action of the catalog into words that follow "when".
fn doing(action: &Action) -> Phrase {
    let words = match action.id {
        "authz.write" => "creating or updating a role assignment",
        "authz.delete" => "deleting a role assignment",
        "blob.list" => "listing blobs",
        "blob.read" => "reading a blob",
        "blob.readAll" => "reading or listing blobs",
        "blob.readWithTagConditions" => "reading the content of a blob with tag conditions",
        "blob.tagsRead" => "reading blob index tags",
        "blob.filter" => "finding blobs by tags",
        "blob.write" => "writing to a blob",
        "blob.writeTier" => "setting the access tier of a blob",
        "blob.writeTags" => "writing to a blob with blob index tags",
        "blob.addTags" => "creating a blob or snapshot, or appending data, with blob index tags",
        "blob.add" => "creating a blob or snapshot, or appending data",
        "blob.tagsWrite" => "writing blob index tags",
        "blob.immutable" => "writing a legal hold or immutability policy of a blob",
        "blob.delete" => "deleting a blob",
        "blob.deleteVersion" => "deleting a version of a blob",
        "blob.permanentDelete" => "permanently deleting a blob",
        "blob.modifyPermissions" => "modifying the permissions of a blob",
        "blob.manageOwnership" => "changing the ownership of a blob",
        "blob.move" => "renaming a file or a directory",
        "blob.superUser" => "doing anything with data in an account with a hierarchical namespace",
        "queue.peek" => "peeking at messages",
        "queue.put" => "putting a message into a queue",
        "queue.write" => "putting or updating a message",
        "queue.clear" => "clearing messages",
        "queue.process" => "getting or deleting messages",
        "kv.getSecret" => "reading a secret",
        "kv.readMetadata" => "reading the metadata of a secret, or listing secrets",
        "kv.setSecret" => "setting a secret",
        "kv.update" => "updating a secret",
        "kv.delete" => "deleting a secret",
        "kv.backup" => "backing a secret up",
        "kv.restore" => "restoring a secret",
        "kv.recover" => "recovering a deleted secret",
        "kv.purge" => "purging a deleted secret",
        "acr.content.read" => "pulling from a repository",
        "acr.metadata.read" => "reading the metadata of a repository",
        "acr.content.write" => "pushing to a repository",
        "acr.metadata.write" => "writing the metadata of a repository",
        "acr.content.delete" => "deleting images of a repository",
        "acr.metadata.delete" => "deleting the metadata of a repository",
        "la.dataRead" => "reading the data of a Log Analytics workspace",
        "insights.dataRead" => "reading the logs of a resource",
        "aks.crRead" => "reading custom resources of a cluster",
        _ => return Phrase::words("performing ").join(Phrase::name(action.display_name)),
    };
    Phrase::words(words)
}
