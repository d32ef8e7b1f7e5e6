/**
 * A request to evaluate a condition against.
 *
 * As JSON: `{"action": "…", "suboperation": "…", "attributes": {"@Request[…]": value}}`, where a
 * value is a string, a whole number, `true` or `false`, or a list of these. An attribute that is
 * not named, or is `null`, is missing.
 */
export type AccessRequest = { action: string; suboperation?: string | null; attributes?: Record<string, AttributeValue | null> | null };

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
 * A function that takes a pattern in braces.
 */
export type Function = "ActionMatches" | "SubOperationMatches";

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
 * How the two value lists of a quantified comparison are combined.
 *
 * *Documented*: conditions-format, 2023-11-15.
 */
export type Quantifier = "ForAnyOfAnyValues" | "ForAllOfAnyValues" | "ForAnyOfAllValues" | "ForAllOfAllValues";

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
 * Compiles a condition for any number of evaluations.
 */
export function compile(condition: string): Answer<Condition>;

/**
 * Lays a condition out. The new text is read again before it is given.
 */
export function format(condition: string, options?: FormatOptions): Answer<string>;

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
 * Returns the version of the package.
 */
export function version(): string;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_condition_free: (a: number, b: number) => void;
    readonly __wbg_preparedrequest_free: (a: number, b: number) => void;
    readonly __wbg_requestbatch_free: (a: number, b: number) => void;
    readonly compile: (a: any) => any;
    readonly condition_evaluate: (a: number, b: any) => any;
    readonly condition_evaluateAll: (a: number, b: any) => any;
    readonly condition_release: (a: number) => void;
    readonly condition_text: (a: number) => any;
    readonly condition_trace: (a: number, b: any) => any;
    readonly format: (a: any, b: any) => any;
    readonly parse: (a: any, b: any) => any;
    readonly prepareRequest: (a: any) => any;
    readonly prepareRequests: (a: any) => any;
    readonly preparedrequest_release: (a: number) => void;
    readonly requestbatch_count: (a: number) => any;
    readonly requestbatch_release: (a: number) => void;
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
