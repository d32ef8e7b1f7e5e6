/**
 * What a principal is in a group.
 */
export type AccessName = "member" | "owner";

/**
 * A request to evaluate a condition against.
 *
 * As JSON: `{"action": "…", "suboperation": "…", "attributes": {"@Request[…]": value}}`, where a
 * value is a string, a whole number, `true` or `false`, or a list of these. An attribute that is
 * not named, or is `null`, is missing.
 */
export type AccessRequest = { action: string; suboperation?: string | null; attributes?: Record<string, AttributeValue | null> | null };

/**
 * An action that a condition can target, in the portal's sense: a permission string, sometimes
 * limited to a suboperation.
 */
export interface Action {
    /**
     * The catalog's own id, `blob.read`.
     */
    id: string;
    /**
     * The portal's name for it, `Read a blob`.
     */
    displayName: string;
    /**
     * The service it belongs to, in words.
     */
    service: string;
    /**
     * The resource provider, `Microsoft.Storage`.
     */
    provider: string;
    /**
     * The permission string, `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read`.
     */
    action: string;
    /**
     * The plane it is granted on.
     */
    plane: Plane;
    /**
     * The suboperation it is limited to.
     */
    suboperation: SuboperationTarget | null;
    /**
     * How far it is.
     */
    status: Status;
    /**
     * Ids of the attributes it offers through `@Resource`.
     */
    resourceAttributes: string[];
    /**
     * Ids of the attributes it offers through `@Request`.
     */
    requestAttributes: string[];
    /**
     * Ids of the attributes it offers through `@Environment`.
     */
    environmentAttributes: string[];
    /**
     * Whether a page says that it offers `@Principal` attributes; `false` when no page says so.
     */
    principalAttributes: boolean;
    /**
     * Other permission strings that the same portal action stands for.
     */
    alsoActions: string[];
    /**
     * What it does.
     */
    description: string;
    /**
     * The page that describes it.
     */
    source: Source;
    /**
     * What else is to be known.
     */
    notes: string;
}

/**
 * What a function gives. Nothing is thrown for bad input.
 */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: Failure };

/**
 * Whether a fix may be applied without a person looking at it.
 */
export type Applicability = "safe" | "needs-review";

/**
 * A reference to an attribute, `@Source[name]`.
 */
export interface AttributeReference {
    /**
     * Where.
     */
    span: Span;
    /**
     * The source; `null` where it is unknown.
     */
    source: AttributeSource | null;
    /**
     * What stands between the brackets.
     */
    name: string;
}

/**
 * Where an attribute's value comes from.
 *
 * *Documented*: conditions-format, 2023-11-15.
 */
export type AttributeSource = "Environment" | "Principal" | "Request" | "Resource";

/**
 * The value or values of one attribute.
 *
 * A list counts as multi-valued whatever its length: it is the type of the attribute that
 * matters, not how many values happen to be there.
 */
export type AttributeValue = Value | Value[];

/**
 * What is known about a condition besides its text.
 */
export interface CheckOptions {
    /**
     * Let `${…}`, `$name`, `<placeholder>`, `{{…}}` and `%s` stand for a part of the condition.
     */
    template?: boolean;
    /**
     * The role that the assignment grants, by name or GUID.
     */
    role?: string | null;
    /**
     * What findings of a rule are reported as, by the id of the rule.
     */
    rules?: Record<string, Level>;
    /**
     * The `conditionVersion` that is sent with the condition.
     */
    conditionVersion?: string | null;
    /**
     * Whether the storage account has a hierarchical namespace.
     */
    hierarchicalNamespace?: boolean | null;
    /**
     * Whether Privileged Identity Management makes the assignment.
     */
    pim?: boolean;
    /**
     * The shell whose command line carries the condition.
     */
    shell?: Shell | null;
    /**
     * What a tenant adds to the facts.
     */
    known?: KnownFacts;
}

/**
 * What was found in a condition.
 */
export interface Checked {
    /**
     * The findings, sorted by place.
     */
    findings: Finding[];
}

/**
 * What stands in a document, and what is wrong with it.
 */
export interface CheckedRequests {
    /**
     * The text that places count in: the one that was given, or the JSON of the object that was.
     */
    text: string;
    /**
     * What could be read.
     */
    items: RequestItem[];
    /**
     * The findings, sorted by place.
     */
    findings: Finding[];
}

/**
 * One clause of a condition and what became of it.
 */
export interface Clause {
    /**
     * What the clause is.
     */
    kind: ClauseKind;
    /**
     * Where it stands.
     */
    span: Span;
    /**
     * How many clauses it lies within.
     */
    depth: number;
    /**
     * Its text on one line; of a long clause the beginning.
     */
    text: string;
    /**
     * Its value.
     */
    outcome: Truth;
    /**
     * What it contributed to the decision.
     */
    part: Part;
    /**
     * What the request holds for each name the clause reads.
     */
    seen: Seen[];
    /**
     * Why the clause could not be decided by itself.
     */
    unknown?: UnknownReason;
    /**
     * A sentence on the outcome, where there is more to say than its value.
     */
    note?: string;
}

/**
 * What a clause is.
 */
export type ClauseKind = "and" | "or" | "not" | "group" | "actionMatches" | "subOperationMatches" | "exists" | "comparison" | "hole" | "error";

/**
 * A cloud of Azure.
 */
export type CloudName = "public" | "us-government" | "us-defense" | "china";

/**
 * A comparison function without its quantifier.
 *
 * *Documented*: conditions-format, 2023-11-15 (28 names).
 */
export type Comparison = "StringEquals" | "StringEqualsIgnoreCase" | "StringNotEquals" | "StringNotEqualsIgnoreCase" | "StringStartsWith" | "StringStartsWithIgnoreCase" | "StringNotStartsWith" | "StringNotStartsWithIgnoreCase" | "StringLike" | "StringLikeIgnoreCase" | "StringNotLike" | "StringNotLikeIgnoreCase" | "NumericEquals" | "NumericNotEquals" | "NumericGreaterThan" | "NumericGreaterThanEquals" | "NumericLessThan" | "NumericLessThanEquals" | "DateTimeEquals" | "DateTimeNotEquals" | "DateTimeGreaterThan" | "DateTimeGreaterThanEquals" | "DateTimeLessThan" | "DateTimeLessThanEquals" | "GuidEquals" | "GuidNotEquals" | "BoolEquals" | "BoolNotEquals";

/**
 * Says whether a condition lets a request pass.
 *
 * A condition never denies by itself in Azure: it only filters what its role assignment grants
 * (*documented*: conditions-faq, 2023-05-09). `Deny` therefore means "this assignment does not
 * grant it".
 */
export type Decision = "allow" | "deny";

/**
 * One row of a [`DecisionTable`].
 */
export interface DecisionRow {
    /**
     * The actions, any of which fits.
     */
    actions: Phrase[];
    /**
     * What must hold as well; empty where nothing more must.
     */
    terms: Statement[];
    /**
     * Whether the row stands for whatever the rows before left of its actions.
     */
    otherwise: boolean;
    /**
     * What follows.
     */
    decision: ExplainedDecision;
}

/**
 * What the condition decides, from the first row to the last: the first that fits counts.
 */
export interface DecisionTable {
    /**
     * The rows.
     */
    rows: DecisionRow[];
    /**
     * What has to be known to read the rows.
     */
    notes: Phrase[];
}

/**
 * Replaces the text of a place.
 */
export interface Edit {
    /**
     * What is replaced; empty for an insertion.
     */
    place: Place;
    /**
     * The new text; empty for a deletion.
     */
    replacement: string;
}

/**
 * What was written.
 */
export interface Emission {
    /**
     * The text, which ends with a line break.
     */
    text: string;
    /**
     * The name its file has where nobody chose one.
     */
    fileName: string;
    /**
     * What the reader should know besides, a sentence each.
     */
    notes: string[];
    /**
     * The warnings about the document; one with errors is not written.
     */
    findings: Finding[];
}

/**
 * What is written, and for whom.
 */
export interface EmitOptions {
    /**
     * The name of the target; `targets` lists them.
     */
    target: string;
    /**
     * The cloud, for targets that spell out an address; the public one, unless it is said.
     */
    cloud?: CloudName;
    /**
     * The role whose policy it is, by name or GUID, where the policy does not tell.
     */
    role?: string | null;
    /**
     * What the document does not say about itself.
     */
    request?: RequestOptions;
    /**
     * What a tenant adds to the facts, such as names of roles.
     */
    known?: KnownFacts;
}

/**
 * How a condition is explained.
 */
export interface ExplainOptions {
    /**
     * Let `${…}`, `$name`, `<placeholder>`, `{{…}}` and `%s` stand for a part of the condition.
     */
    template?: boolean;
    /**
     * What a tenant adds to the facts, such as names of principals.
     */
    known?: KnownFacts;
}

/**
 * A condition in plain English.
 */
export interface Explained {
    /**
     * How many errors the condition has; it is explained as far as it could be read.
     */
    errors: number;
    /**
     * The whole explanation as plain text.
     */
    text: string;
    /**
     * The whole explanation as Markdown.
     */
    markdown: string;
    /**
     * The table of decisions as Markdown.
     */
    tableMarkdown: string;
    /**
     * The explanation, part by part; spans count indexes of the string.
     */
    explanation: Explanation;
}

/**
 * An action that a block is about.
 */
export interface ExplainedAction {
    /**
     * Where it stands.
     */
    span: Span;
    /**
     * The action in words, "reading a blob".
     */
    text: Phrase;
    /**
     * The technical name, where the words do not hold it already.
     */
    detail: Phrase | null;
}

/**
 * One block of a condition: the actions it is about, and what they need.
 */
export interface ExplainedBlock {
    /**
     * Where the block stands.
     */
    span: Span;
    /**
     * When the block applies: "When creating or updating a role assignment".
     */
    heading: Phrase;
    /**
     * The actions it is about; empty where it is about every action.
     */
    actions: ExplainedAction[];
    /**
     * What must hold; `None` where the actions are always denied.
     */
    requirement: Statement | null;
    /**
     * What follows from it that is easily overlooked, such as requests without a value.
     */
    notes: Phrase[];
}

/**
 * What a condition decides.
 */
export type ExplainedDecision = "allowed" | "denied";

/**
 * A condition in plain English.
 */
export interface Explanation {
    /**
     * What the condition does, in one sentence.
     */
    summary: Phrase;
    /**
     * The blocks of the condition, in the order of the text; a request must satisfy every one
     * that is about it.
     */
    blocks: ExplainedBlock[];
    /**
     * What happens to everything that no block is about.
     */
    remainder: Phrase;
    /**
     * What a reader has to know beyond the blocks.
     */
    notes: Phrase[];
    /**
     * What could not be read, and is therefore not explained.
     */
    warnings: Phrase[];
    /**
     * The whole condition as a table of decisions.
     */
    table: DecisionTable;
}

/**
 * An expression and where it stands; `span` counts indexes of the string.
 */
export type Expression = { kind: "and"; span: Span; operands: Expression[] } | { kind: "or"; span: Span; operands: Expression[] } | { kind: "not"; span: Span; operand: Expression } | { kind: "group"; span: Span; operand: Expression } | { kind: "call"; span: Span; function: Function; pattern: Literal | null } | { kind: "exists"; span: Span; attribute: AttributeReference } | { kind: "comparison"; span: Span; left: Operand; quantifier: Quantifier | null; operator: Comparison | null; right: Operand } | { kind: "hole"; span: Span } | { kind: "error"; span: Span };

/**
 * Why there is no answer.
 */
export interface Failure {
    /**
     * Names the fault: the id of a rule, as the command line has it, or one of those that
     * `docs/javascript.md` lists.
     */
    id: string;
    /**
     * What is wrong.
     */
    message: string;
    /**
     * What to do.
     */
    help?: string;
    /**
     * What was found in the text, where the fault lies there.
     */
    findings?: Finding[];
}

/**
 * What kind of assignment a request is about.
 */
export type FamilyName = "eligible" | "active";

/**
 * One finding: what is wrong, where, what to do.
 */
export interface Finding {
    /**
     * Names the fault; its page is `docs/rules/<id>.md`.
     */
    id: string;
    /**
     * How much evidence stands behind it.
     */
    severity: Severity;
    /**
     * What is wrong.
     */
    message: string;
    /**
     * Where.
     */
    place: Place;
    /**
     * What is written under the caret, where it says more than the message.
     */
    caret?: string;
    /**
     * Other places that matter.
     */
    labels: Label[];
    /**
     * What to do.
     */
    help?: string;
    /**
     * A change that removes the finding.
     */
    fix?: Fix;
}

/* tslint:disable */
/* eslint-disable */
/**
 * A change that removes a finding.
 */
export interface Fix {
    /**
     * What it does, as an order.
     */
    title: string;
    /**
     * Whether a person must look first.
     */
    applicability: Applicability;
    /**
     * The edits, from the first to the last place; none overlap.
     */
    edits: Edit[];
}

/**
 * How a condition is repaired.
 */
export interface FixOptions {
    /**
     * Whether to apply the fixes, too, that may change what the condition permits.
     */
    needsReview?: boolean;
    /**
     * What is known about the condition.
     */
    check?: CheckOptions;
}

/**
 * A repaired condition.
 */
export interface Fixed {
    /**
     * The condition with its fixes applied.
     */
    text: string;
    /**
     * How many were applied.
     */
    applied: number;
    /**
     * What is left, with places in the new text.
     */
    findings: Finding[];
}

/**
 * How a condition is laid out.
 */
export interface FormatOptions {
    /**
     * How to lay out; as the portal does, unless it is said.
     */
    layout?: LayoutName;
    /**
     * Let `${…}`, `$name`, `<placeholder>`, `{{…}}` and `%s` stand for a part of the condition.
     */
    template?: boolean;
}

/**
 * Actions that were found, by id.
 */
export interface FoundActions {
    /**
     * How many there are, given or not.
     */
    total: number;
    /**
     * The actions.
     */
    actions: Action[];
    /**
     * The action that was probably meant, where nothing was found.
     */
    suggestion?: string;
}

/**
 * A role definition.
 */
export interface FoundRole {
    /**
     * The GUID.
     */
    id: string;
    /**
     * The name.
     */
    name: string;
    /**
     * Who defined it.
     */
    kind: RoleKind;
    /**
     * Whether it is one of the category *Privileged*.
     */
    privileged: boolean;
    /**
     * What it is for.
     */
    description: string;
    /**
     * The scopes it can be assigned at.
     */
    assignableScopes: string[];
    /**
     * What it grants.
     */
    permissions: PermissionBlock[];
    /**
     * The ids of the actions that a condition on its assignment can target.
     */
    conditionableActions: string[];
    /**
     * Where it comes from.
     */
    source: Source;
}

/**
 * Roles that were found, by name.
 */
export interface FoundRoles {
    /**
     * How many there are, given or not.
     */
    total: number;
    /**
     * The roles.
     */
    roles: FoundRole[];
    /**
     * The name that was probably meant, where nothing was found.
     */
    suggestion?: string;
}

/**
 * A function that takes a pattern in braces.
 */
export type Function = "ActionMatches" | "SubOperationMatches";

/**
 * What somebody wants.
 */
export interface Intent {
    /**
     * What is wanted.
     */
    wish: WishName;
    /**
     * The object id of the principal.
     */
    principal: string;
    /**
     * Where, as an id such as `/subscriptions/…`; not for groups.
     */
    scope?: string | null;
    /**
     * The role, by name or GUID; not for groups.
     */
    role?: string | null;
    /**
     * The object id of the group, for PIM for Groups.
     */
    group?: string | null;
    /**
     * What the principal is to be in the group; a member, unless it is said.
     */
    access?: AccessName | null;
    /**
     * What kind of principal it is.
     */
    principalType?: PrincipalName | null;
    /**
     * Whether it is about an eligible or an active assignment, where the wish leaves that open;
     * eligible, unless it is said.
     */
    family?: FamilyName | null;
    /**
     * Whether the principal asks itself.
     */
    myself?: boolean;
    /**
     * When it starts; now, unless it is said.
     */
    start?: string | null;
    /**
     * How long: `180 days`, `PT8H`, an instant, or `permanent`.
     */
    length?: string | null;
    /**
     * Why.
     */
    justification?: string | null;
    /**
     * The number of the ticket.
     */
    ticket?: string | null;
    /**
     * The system the ticket is in.
     */
    ticketSystem?: string | null;
    /**
     * The condition; not for groups.
     */
    condition?: string | null;
    /**
     * The id of the schedule to change.
     */
    targetSchedule?: string | null;
    /**
     * Names the request by what it is and this text, so that it has the same name each time.
     */
    nonce?: string | null;
    /**
     * What a tenant adds to the facts, such as custom roles.
     */
    known?: KnownFacts;
}

/**
 * What request and policy do not say about themselves.
 */
export interface JudgeOptions {
    /**
     * What holds for the request.
     */
    request?: RequestOptions;
}

/**
 * What a policy says to one request.
 */
export interface Judged {
    /**
     * The names that lead to the request; empty for the whole document.
     */
    path: string;
    /**
     * Whether the policy lets it through, once its sender meets what is asked; `null` where none of
     * the policies is that of its role.
     */
    legal: boolean | null;
    /**
     * The error Azure answers with, if the request breaks a rule.
     */
    azureMessage: string | null;
    /**
     * Every rule that fails or asks something of the sender.
     */
    failures: PolicyFailure[];
    /**
     * The nearest request that the policy allows, if this one breaks a rule.
     */
    nearest: NearestRequest | null;
    /**
     * The same as findings, with places in the text of the request.
     */
    findings: Finding[];
}

/**
 * What the caller knows of a tenant, as `grantif.toml` has it.
 */
export interface KnownFacts {
    /**
     * Custom roles: role definitions as `az role definition list` writes them.
     */
    roleDefinitions?: unknown[];
    /**
     * Names of roles of which nothing else is known, by GUID.
     */
    roles?: Record<string, string>;
    /**
     * Names of principals, by object id.
     */
    principals?: Record<string, string>;
    /**
     * Custom security attributes, by `Set_Name`.
     */
    securityAttributes?: Record<string, SecurityAttribute>;
}

/**
 * Another place that matters to a finding.
 */
export interface Label {
    /**
     * The place.
     */
    place: Place;
    /**
     * What there is to see.
     */
    message: string;
}

/**
 * A layout.
 */
export type LayoutName = "portal" | "one-line" | "smallest";

/**
 * What a rule's findings are reported as.
 */
export type Level = "off" | "advice" | "warning" | "error";

/**
 * A value as it is written.
 */
export interface Literal {
    /**
     * Where, with the quotes.
     */
    span: Span;
    /**
     * What it is.
     */
    kind: "string" | "guid" | "integer" | "boolean" | "hole" | "unreadable";
    /**
     * The content of a string, or the text of any other value.
     */
    text: string;
}

/**
 * The nearest request that a policy allows.
 */
export interface NearestRequest {
    /**
     * The whole request.
     */
    request: Record<string, unknown>;
    /**
     * What changes, as a JSON merge patch of the body.
     */
    patch: Record<string, unknown>;
    /**
     * The fields that only a person can fill, and that hold a placeholder until then.
     */
    toFill: string[];
}

/**
 * A request that was made.
 */
export interface NewRequest {
    /**
     * The request: with `type`, `scope` and `properties` for the role of a resource, with `path`
     * and `body` for PIM for Groups.
     */
    request: Record<string, unknown>;
    /**
     * The name of the role, where it is known.
     */
    roleName?: string;
}

/**
 * One side of a comparison.
 */
export type Operand = { kind: "attribute"; attribute: AttributeReference } | { kind: "literal"; literal: Literal } | { kind: "set"; span: Span; literals: Literal[] } | { kind: "missing"; span: Span };

/**
 * How a condition is read.
 */
export interface ParseOptions {
    /**
     * Let `${…}`, `$name`, `<placeholder>`, `{{…}}` and `%s` stand for a part of the condition.
     */
    template?: boolean;
    /**
     * Give the tokens, too.
     */
    tokens?: boolean;
}

/**
 * What reading a condition gives, however broken it is.
 */
export interface Parsed {
    /**
     * What is wrong, sorted by place; empty for a well-formed condition.
     */
    findings: Finding[];
    /**
     * The condition; `null` where there is none.
     */
    expression: Expression | null;
    /**
     * Every token, where they were asked for; they tile the text.
     */
    tokens?: Token[];
}

/**
 * What a clause contributed to the decision.
 */
export type Part = "decided" | "evaluated" | "notNeeded";

/**
 * One block of permissions of a role; a request needs one block that grants it.
 */
export interface PermissionBlock {
    /**
     * Patterns of control-plane actions that are granted.
     */
    actions: string[];
    /**
     * Patterns taken away from `actions`.
     */
    notActions: string[];
    /**
     * Patterns of data-plane actions that are granted.
     */
    dataActions: string[];
    /**
     * Patterns taken away from `data_actions`.
     */
    notDataActions: string[];
    /**
     * The condition that the role itself puts on the block.
     */
    condition: string | null;
    /**
     * The version of that condition, `2.0`.
     */
    conditionVersion: string | null;
}

/**
 * A piece of a sentence, made of words, names and literal text.
 *
 * [`Display`](fmt::Display) gives plain text in which literal text stands in backticks; JSON has
 * the same string.
 */
export type Phrase = string;

/**
 * A place in a text. Everything counts UTF-16 code units, as strings of JavaScript do.
 */
export interface Place {
    /**
     * Where it starts, as an index of the string.
     */
    start: number;
    /**
     * Behind its end, as an index of the string.
     */
    end: number;
    /**
     * The line it starts on, from 1.
     */
    line: number;
    /**
     * The column it starts at, from 1.
     */
    column: number;
    /**
     * The line it ends on.
     */
    endLine: number;
    /**
     * The column behind its end.
     */
    endColumn: number;
}

/**
 * Whether an action is one of the control plane or of the data plane.
 */
export type Plane = "control" | "data";

/**
 * A rule of the policy that a request breaks, or that asks something of its sender.
 */
export interface PolicyFailure {
    /**
     * Azure's name of it.
     */
    rule: string;
    /**
     * Whether the request itself breaks it.
     */
    inRequest: boolean;
    /**
     * The rule of the policy.
     */
    policyRule: string;
    /**
     * The field of the request, below `properties`.
     */
    field: string;
    /**
     * What the policy asks for.
     */
    limit: string;
    /**
     * What the request has.
     */
    value: string;
}

/**
 * What kind of principal is meant.
 */
export type PrincipalName = "user" | "group" | "service-principal";

/**
 * How the two value lists of a quantified comparison are combined.
 *
 * *Documented*: conditions-format, 2023-11-15.
 */
export type Quantifier = "ForAnyOfAnyValues" | "ForAllOfAnyValues" | "ForAnyOfAllValues" | "ForAllOfAllValues";

/**
 * Something that stands in a document.
 */
export interface RequestItem {
    /**
     * What it is.
     */
    kind: "request" | "groupRequest" | "roleAssignment" | "schedule" | "policy";
    /**
     * The names that lead to it, as in `resources[0]`; empty for the whole document.
     */
    path: string;
    /**
     * Where it stands.
     */
    place: Place;
    /**
     * The GUID of its role, where that is known.
     */
    role?: string;
    /**
     * The request or assignment as it would be sent.
     */
    body?: Record<string, unknown>;
}

/**
 * What a document does not say about itself.
 */
export interface RequestOptions {
    /**
     * The scope of a request that names none, as an id such as `/subscriptions/…`.
     */
    scope?: string | null;
    /**
     * The family of a request that does not tell.
     */
    family?: FamilyName | null;
    /**
     * The time to judge by; now, unless it is said.
     */
    at?: string | null;
    /**
     * The tool that will send it, whose own pitfalls are reported too.
     */
    tool?: "template" | "azurerm" | "azapi" | "powershell" | "rest";
}

/**
 * Who defined a role.
 */
export type RoleKind = "BuiltInRole" | "CustomRole";

/**
 * How facts are searched.
 */
export interface SearchOptions {
    /**
     * How many of the found are given; 50, unless it is said.
     */
    limit?: number | null;
    /**
     * What a tenant adds to the facts, such as custom roles.
     */
    known?: KnownFacts;
}

/**
 * A custom security attribute.
 */
export interface SecurityAttribute {
    /**
     * What its values are.
     */
    type: SecurityType;
    /**
     * Whether it may have several values.
     */
    multiValued?: boolean;
}

/**
 * The types that Microsoft Entra has for custom security attributes.
 */
export type SecurityType = "string" | "integer" | "boolean";

/**
 * A name that a clause reads, and what the request holds for it.
 */
export interface Seen {
    /**
     * `action`, `suboperation` or an attribute reference as the condition writes it.
     */
    name: string;
    /**
     * The value; `None` where the request has none.
     */
    value: AttributeValue | null;
}

/**
 * How much evidence stands behind a finding.
 */
export type Severity = "advice" | "warning" | "error";

/**
 * A shell that reads a command line before Azure does.
 */
export type Shell = "bash" | "powershell";

/**
 * A page that facts come from, as it read on a date.
 */
export interface Source {
    /**
     * The short tag that the data files and `docs/sources.md` use.
     */
    tag: string;
    /**
     * The short name of the page, `storage-auth-abac-attributes`.
     */
    page: string;
    /**
     * The date of the text, `2023-08-10`.
     */
    date: string;
    /**
     * Where the page is kept: repository and path, or a description of it.
     */
    path: string;
    /**
     * What else is to be known about the text, or nothing.
     */
    note: string;
}

/**
 * A half-open range of byte offsets in one text.
 *
 * Offsets are `u32`: no input of grantif may be larger than 4 GiB, and every entry point
 * refuses far earlier.
 */
export interface Span {
    /**
     * Offset of the first byte.
     */
    start: number;
    /**
     * Offset behind the last byte.
     */
    end: number;
}

/**
 * Something that must hold.
 */
export interface Statement {
    /**
     * Where it stands.
     */
    span: Span;
    /**
     * The statement, "the role is AcrPull or AcrPush"; or what introduces the parts, "all of these
     * hold".
     */
    text: Phrase;
    /**
     * What it consists of.
     */
    parts: Statement[];
}

/**
 * How far a feature is.
 */
export type Status = "ga" | "preview" | "deprecated" | "observed";

/**
 * Which suboperation an action is limited to.
 */
export interface SuboperationTarget {
    /**
     * The suboperation, `Blob.List`.
     */
    name: string;
    /**
     * Whether the action is everything *but* the suboperation.
     */
    negated: boolean;
}

/**
 * A tool that deploys role assignments, schedule requests or role policies.
 */
export interface TargetInfo {
    /**
     * The name by which it is asked for.
     */
    name: string;
    /**
     * What it is.
     */
    title: string;
    /**
     * The name its file has where nobody chose one.
     */
    fileName: string;
    /**
     * What it can carry, as phrases.
     */
    carries: string[];
}

/**
 * One token.
 */
export interface Token {
    /**
     * What it is.
     */
    kind: TokenKind;
    /**
     * Where it starts, as an index of the string.
     */
    start: number;
    /**
     * Behind its end, as an index of the string.
     */
    end: number;
}

/**
 * What a token is.
 */
export type TokenKind = "whitespace" | "invisible" | "comment" | "leftParenthesis" | "rightParenthesis" | "leftBrace" | "rightBrace" | "leftBracket" | "rightBracket" | "comma" | "and" | "or" | "not" | "word" | "attribute" | "unclosedAttribute" | "string" | "unclosedString" | "guid" | "integer" | "boolean" | "hole" | "symbol";

/**
 * The decision on one request, and how it came about.
 */
export interface Trace {
    /**
     * Whether the request passes.
     */
    decision: Decision;
    /**
     * The value of the whole condition; unknown is denied.
     */
    outcome: Truth;
    /**
     * One sentence that says why.
     */
    reason: string;
    /**
     * Every clause, each before the clauses within it.
     */
    clauses: Clause[];
}

/**
 * The value of a clause in three-valued logic.
 *
 * *Assumed*: Azure documents no evaluation of missing attributes under negation; unknown keeps
 * `NOT` from turning a missing attribute into a permission (`docs/semantics.md`, S3).
 */
export type Truth = "true" | "false" | "unknown";

/**
 * Why a clause is unknown.
 */
export type UnknownReason = "missingAttribute" | "wrongType" | "cannotBeDecided";

/**
 * A single value.
 *
 * GUIDs and instants travel as strings, as they do in JSON; the operator decides how a string is
 * read.
 */
export type Value = string | number | boolean;

/**
 * A wish.
 */
export type WishName = "eligible" | "active" | "activate" | "deactivate" | "extend" | "renew" | "update" | "remove";

/**
 * A compiled condition. `free`, or the end of a `using` block, gives its memory back; otherwise the
 * garbage collector does.
 */
export class Condition {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Decides many requests in one call: 1 for each that is allowed, 0 for each that is denied.
     */
    evaluateAll(requests: RequestBatch): Answer<Uint8Array>;
    /**
     * Decides a request. One that was prepared is decided without being read again.
     */
    evaluate(request: PreparedRequest | AccessRequest): Answer<Decision>;
    /**
     * Gives the text it was compiled from.
     */
    text(): Answer<string>;
    /**
     * Decides a request and says which clauses decided, and why. A whole number that a number of
     * JavaScript does not hold stands as text.
     */
    trace(request: AccessRequest): Answer<Trace>;
}

/**
 * A request that was read once.
 */
export class PreparedRequest {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
}

/**
 * Many requests that were read once.
 */
export class RequestBatch {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Gives the number of requests.
     */
    count(): Answer<number>;
}

/**
 * Finds what is wrong with a condition: what the parser and every rule find, with fixes.
 */
export function check(condition: string, options?: CheckOptions): Answer<Checked>;

/**
 * Finds what is wrong with the schedule requests, role assignments and policies of a document: the
 * JSON of a call or an answer, a list of them, or an ARM template.
 */
export function checkRequest(request: string | object, options?: RequestOptions): Answer<CheckedRequests>;

/**
 * Compiles a condition for any number of evaluations.
 */
export function compile(condition: string): Answer<Condition>;

/**
 * Writes the one request, assignment or policy of a document for the tool that deploys it.
 */
export function emit(request: string | object, options: EmitOptions): Answer<Emission>;

/**
 * Says in plain English what a condition allows.
 */
export function explain(condition: string, options?: ExplainOptions): Answer<Explained>;

/**
 * Applies the fixes of a condition until nothing more can be repaired.
 */
export function fix(condition: string, options?: FixOptions): Answer<Fixed>;

/**
 * Lays a condition out. The new text is read again before it is given.
 */
export function format(condition: string, options?: FormatOptions): Answer<string>;

/**
 * Holds every request of a document against the policies of another, and gives the nearest request
 * that the policy allows.
 */
export function judge(request: string | object, policy: string | object, options?: JudgeOptions): Answer<Judged[]>;

/**
 * Makes the request that does what is wanted.
 */
export function newRequest(intent: Intent): Answer<NewRequest>;

/**
 * Reads a condition, however broken it is: findings, the tree, and the tokens if they are asked for.
 */
export function parse(condition: string, options?: ParseOptions): Answer<Parsed>;

/**
 * Reads a request once, for any number of evaluations.
 */
export function prepareRequest(request: AccessRequest): Answer<PreparedRequest>;

/**
 * Reads many requests once. One that is no request makes the whole list fail, with its place.
 */
export function prepareRequests(requests: AccessRequest[]): Answer<RequestBatch>;

/**
 * Finds actions that a condition can target, by the words of their ids, names and permission
 * strings; an empty text finds all.
 */
export function searchActions(words: string, options?: SearchOptions): Answer<FoundActions>;

/**
 * Finds roles by the words of their names or by GUID; an empty text finds all.
 */
export function searchRoles(words: string, options?: SearchOptions): Answer<FoundRoles>;

/**
 * Lists the targets that `emit` writes for.
 */
export function targets(): Answer<TargetInfo[]>;

/**
 * Returns the version of the package.
 */
export function version(): string;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_condition_free: (a: number, b: number) => void;
    readonly __wbg_preparedrequest_free: (a: number, b: number) => void;
    readonly __wbg_requestbatch_free: (a: number, b: number) => void;
    readonly check: (a: any, b: any) => any;
    readonly checkRequest: (a: any, b: any) => any;
    readonly compile: (a: any) => any;
    readonly condition_evaluate: (a: number, b: any) => any;
    readonly condition_evaluateAll: (a: number, b: any) => any;
    readonly condition_release: (a: number) => void;
    readonly condition_text: (a: number) => any;
    readonly condition_trace: (a: number, b: any) => any;
    readonly emit: (a: any, b: any) => any;
    readonly explain: (a: any, b: any) => any;
    readonly fix: (a: any, b: any) => any;
    readonly format: (a: any, b: any) => any;
    readonly judge: (a: any, b: any, c: any) => any;
    readonly newRequest: (a: any) => any;
    readonly parse: (a: any, b: any) => any;
    readonly prepareRequest: (a: any) => any;
    readonly prepareRequests: (a: any) => any;
    readonly preparedrequest_release: (a: number) => void;
    readonly requestbatch_count: (a: number) => any;
    readonly requestbatch_release: (a: number) => void;
    readonly searchActions: (a: any, b: any) => any;
    readonly searchRoles: (a: any, b: any) => any;
    readonly targets: () => any;
    readonly version: () => [number, number];
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path?: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
