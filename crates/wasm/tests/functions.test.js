// Each function does what it says, and gives errors as values with the ids of the command line.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as core from "grantif/core";
import init, * as grantif from "grantif";
import { CASES, DELEGATION, INTENT, POLICY, REQUEST } from "./samples.js";

const value = (answer) => {
  assert.equal(answer.ok, true, JSON.stringify(answer.error));
  return answer.value;
};
const error = (answer) => {
  assert.equal(answer.ok, false);
  return answer.error;
};

test("Node needs no initialisation, and takes one all the same", async () => {
  assert.match(grantif.version(), /^\d+\.\d+\.\d+/);
  await init();
  assert.equal(core.version(), grantif.version());
});

test("parse gives tree, tokens and places that count as strings do", () => {
  const text = "'😀' == @Environment[isPrivateLink]";
  const parsed = value(grantif.parse(text, { tokens: true }));
  assert.equal(parsed.tokens.map(({ start, end }) => text.slice(start, end)).join(""), text);
  const [finding] = parsed.findings.filter(({ id }) => id === "unknown-operator");
  assert.equal(text.slice(finding.place.start, finding.place.end), "==");
  assert.deepEqual([finding.place.line, finding.place.column], [1, 6]);
  const tree = value(grantif.parse("Exists @Request[a:b] AND NOT @Request[a:b] StringEquals 'x'"));
  assert.deepEqual(tree.findings, []);
  assert.equal(tree.tokens, undefined);
  assert.equal(tree.expression.kind, "and");
  assert.equal(tree.expression.operands[1].operand.right.literal.text, "x");
});

test("check finds what every rule finds, with fixes and with what the caller knows", () => {
  const text = "@Environment[isPrivateLink] BoolEquals 'true'";
  const found = value(grantif.check(text)).findings;
  const quoted = found.find(({ id }) => id === "quoted-boolean");
  assert.equal(quoted.fix.applicability, "safe");
  const [edit] = quoted.fix.edits;
  const { start, end } = edit.place;
  assert.equal(text.slice(0, start) + edit.replacement + text.slice(end), text.replaceAll("'", ""));
  const off = value(grantif.check(text, { rules: { "quoted-boolean": "off" } })).findings;
  assert.equal(off.some(({ id }) => id === "quoted-boolean"), false);
  assert.equal(error(grantif.check(text, { rules: { "quoted-bolean": "off" } })).help, "did you mean `quoted-boolean`?");
  assert.equal(error(grantif.check(text, { role: "Ownr" })).id, "unknown-role");
  const principal = "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Team_Name] StringEquals 'a'";
  const known = { securityAttributes: { Team_Name: { type: "integer" } } };
  const typed = value(grantif.check(principal, { known })).findings;
  assert.equal(typed.some(({ id }) => id === "operator-not-for-type"), true, JSON.stringify(typed));
});

test("fix repairs what may be repaired", () => {
  const text = "@Environment[isPrivateLink] boolequals 'true'";
  const fixed = value(grantif.fix(text));
  assert.equal(fixed.text, "@Environment[isPrivateLink] BoolEquals true");
  assert.equal(fixed.applied, 2);
  assert.equal(error(grantif.fix(text, { role: "Owner" })).id, "options");
});

test("format lays out, and says why it does not", () => {
  assert.equal(value(grantif.format("exists @Request[a:b]", { layout: "one-line" })), "Exists @Request[a:b]");
  const wrong = error(grantif.format("@Request[a:b] StringEqual 'x'"));
  assert.equal(wrong.id, "unknown-operator");
  assert.equal(wrong.help, "did you mean `StringEquals`?");
  assert.equal(wrong.findings.length, 1);
});

for (const [name, module] of [["grantif", grantif], ["grantif/core", core]]) {
  test(`${name}: a condition is compiled once and decides many`, () => {
    const condition = value(module.compile(DELEGATION));
    const requests = CASES.map(({ request }) => request);
    for (const { request, decision } of CASES) {
      assert.equal(value(condition.evaluate(request)), decision);
      assert.equal(value(condition.evaluate(value(module.prepareRequest(request)))), decision);
      const trace = value(condition.trace(request));
      assert.equal(trace.decision, decision);
      const [first] = trace.clauses;
      assert.equal(DELEGATION.slice(first.span.start, first.span.end), DELEGATION);
    }
    const batch = value(module.prepareRequests(requests));
    assert.equal(value(batch.count()), 4);
    assert.deepEqual([...value(condition.evaluateAll(batch))], [1, 0, 1, 0]);
    assert.equal(value(condition.text()), DELEGATION);
    assert.equal(error(module.compile("@Request[a:b] StringEqual 'x'")).id, "unknown-operator");
    assert.match(error(module.prepareRequests([requests[0], { action: 7 }])).message, /^requests\[1\]: `action`/);
  });
}

test("explain says it in English, with the names that are known", () => {
  const explained = value(grantif.explain(DELEGATION));
  assert.match(explained.text, /the role is .*AcrPull/);
  assert.equal(explained.errors, 0);
  const [block] = explained.explanation.blocks;
  assert.match(DELEGATION.slice(block.span.start, block.span.end), /roleAssignments\/write/);
  const one = "@Request[Microsoft.Authorization/roleAssignments:PrincipalId] ForAnyOfAnyValues:GuidEquals {00000000-0000-0000-0000-000000000001}";
  const known = { principals: { "00000000-0000-0000-0000-000000000001": "Build agents" } };
  assert.match(value(grantif.explain(one, { known })).text, /Build agents/);
});

test("roles and actions are searched", () => {
  const roles = value(grantif.searchRoles("storage blob data"));
  assert.equal(roles.roles.find(({ name }) => name === "Storage Blob Data Reader").id, "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1");
  assert.equal(value(grantif.searchRoles("", { limit: 3 })).roles.length, 3);
  assert.equal(value(grantif.searchRoles("Storge Blob Data Reader")).suggestion, "Storage Blob Data Reader");
  const actions = value(grantif.searchActions("blob read")).actions;
  assert.equal(actions.some(({ id }) => id === "blob.read"), true);
});

test("a request is checked, as text and as an object", () => {
  const text = JSON.stringify(REQUEST).replace("P365D", "365 days");
  const checked = value(grantif.checkRequest(text));
  const finding = checked.findings.find(({ id }) => id === "pim-duration");
  assert.equal(text.slice(finding.place.start, finding.place.end), '"365 days"');
  const of = value(grantif.checkRequest(REQUEST));
  assert.deepEqual(of.items.map(({ kind }) => kind), ["request"]);
  assert.deepEqual(JSON.parse(of.text), REQUEST);
});

test("a request is held against a policy", () => {
  const [judged] = value(grantif.judge(REQUEST, POLICY, { request: { at: "2026-11-25T00:00:00Z" } }));
  assert.equal(judged.legal, false);
  assert.deepEqual(judged.failures.map(({ rule }) => rule), ["ExpirationRule", "JustificationRule"]);
  assert.equal(judged.nearest.patch.properties.scheduleInfo.expiration.duration, "P180D");
  assert.deepEqual(judged.nearest.toFill, ["justification"]);
  assert.equal(error(grantif.judge(REQUEST, REQUEST)).id, "document");
});

test("a request is made from what is wanted", () => {
  const made = value(grantif.newRequest(INTENT));
  assert.equal(made.roleName, "Owner");
  assert.equal(made.request.properties.scheduleInfo.expiration.duration, "P180D");
  assert.equal(error(grantif.newRequest({ ...INTENT, length: undefined })).id, "intent");
  assert.equal(error(grantif.newRequest({ ...INTENT, principal: "me" })).id, "options");
  assert.equal(error(grantif.newRequest({ ...INTENT, condition: "@Request[a:b] StringEqual 'x'" })).id, "unknown-operator");
});

test("every target writes what it can carry, and says why it cannot", () => {
  let written = 0;
  for (const { name, fileName } of value(grantif.targets())) {
    const emitted = grantif.emit(REQUEST, { target: name });
    if (emitted.ok) {
      written += 1;
      assert.equal(emitted.value.fileName, fileName);
      assert.match(emitted.value.text, /P365D|365/);
    } else {
      assert.equal(emitted.error.id, "target");
      assert.match(emitted.error.message, /cannot carry/);
    }
  }
  assert.equal(written, 9);
  assert.equal(error(grantif.emit(REQUEST, { target: "bicp" })).help, "did you mean `bicep`?");
  const nfd = { ...REQUEST, properties: { ...REQUEST.properties, justification: "e\u0301" } };
  assert.match(value(grantif.emit(nfd, { target: "terraform-azurerm" })).notes.join(), /NFC/);
});
