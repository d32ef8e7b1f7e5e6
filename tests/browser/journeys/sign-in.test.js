import assert from "node:assert/strict";
import { after, before } from "node:test";
import { journey } from "../support/editor.js";
import { PEOPLE, fill, serve, signInAs } from "../support/sandbox.js";

let sandbox;
before(async () => { sandbox = await serve(); });
after(() => sandbox?.close());

const here = (more) => () => ({ address: sandbox.http, ...more });
/** MSAL speaks TLS only, and the certificate of a sandbox is its own. */
const secure = () => ({ address: sandbox.https, ignoreHTTPSErrors: true, serviceWorkers: "block", expected: /Service Worker registration blocked|status of 40[0-9]/ });

async function signIn(page, name) {
  await page.locator(".account-button").click();
  const window = page.waitForEvent("popup");
  await page.getByRole("button", { name: "Sign in at its identity provider" }).click();
  const provider = await window;
  await provider.getByRole("button", { name }).click();
  await page.getByRole("dialog", { name: "Connection" }).waitFor({ state: "hidden" });
}

journey("somebody signs in at an OpenID provider, and stays signed in in the tab", secure, async ({ page }) => {
  const scripts = [];
  page.on("request", (request) => scripts.push(new URL(request.url()).pathname));
  await page.locator(".account-button").click();
  await page.getByRole("button", { name: "Sign in at its identity provider" }).waitFor();
  assert.ok(!scripts.some((name) => name.includes("msal")), "the library loads on sign-in alone");
  await page.keyboard.press("Escape");
  await signIn(page, "Ada Admin");
  await page.locator(".account-button", { hasText: "Ada Admin" }).waitFor();
  assert.ok(scripts.some((name) => name.startsWith("/msal-")));
  await fill(page, { principal: PEOPLE.delegate, role: "Reader", condition: false, why: "by MSAL" });
  const submit = page.getByRole("region", { name: "Submit" });
  await submit.getByRole("button", { name: "Validate" }).click();
  await submit.getByText("it would be granted").waitFor();
  assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes("eyJ")), false);
  await page.reload();
  await page.locator(".account-button", { hasText: "Ada Admin" }).waitFor();
  assert.ok(!page.url().includes("code="));
});

journey("a token that is asked for more is asked for again, and the request sent again", secure, async ({ page }) => {
  const token = await sandbox.token("admin");
  const scope = "/subscriptions/00000000-0000-0000-0000-000000000000";
  const role = `${scope}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
  const at = (rest) => `${scope}/providers/Microsoft.Authorization/${rest}`;
  await sandbox.ask("PUT", at("roleEligibilityScheduleRequests/b0000000-0000-4000-8000-000000000002?api-version=2020-10-01"), {
    properties: {
      principalId: PEOPLE.developer, roleDefinitionId: role, requestType: "AdminAssign",
      justification: "x", scheduleInfo: { expiration: { type: "AfterDuration", duration: "P30D" } },
    },
  }, token);
  const filter = encodeURIComponent(`roleDefinitionId eq '${role}'`);
  const { value: [policy] } = await sandbox.ask("GET", at(`roleManagementPolicyAssignments?api-version=2020-10-01&$filter=${filter}`), undefined, token);
  const rules = policy.properties.effectiveRules;
  const context = rules.find((rule) => rule.id === "AuthenticationContext_EndUser_Assignment");
  const enablement = rules.find((rule) => rule.id === "Enablement_EndUser_Assignment");
  Object.assign(context, { isEnabled: true, claimValue: "c1" });
  enablement.enabledRules = ["Justification"];
  await sandbox.ask("PATCH", `${policy.properties.policyId}?api-version=2020-10-01`, { properties: { rules: [context, enablement] } }, token);

  await signIn(page, "Devi Developer");
  await page.getByRole("tab", { name: "Deliver" }).click();
  await page.getByRole("button", { name: "My roles" }).click();
  const own = page.getByRole("region", { name: "My roles" });
  await own.getByRole("button", { name: "Activate" }).click();
  await own.getByRole("textbox", { name: "Why" }).fill("Read");
  await own.getByRole("button", { name: "Activate now" }).click();
  await own.locator(".service-problem", { hasText: "RoleAssignmentRequestAcrsValidationFailed" }).waitFor();
  const window = page.waitForEvent("popup");
  await own.getByRole("button", { name: "Sign in with c1 and send again" }).click();
  await (await window).getByRole("button", { name: "Devi Developer" }).click();
  await own.locator(".role-cards li", { hasText: "activated" }).waitFor();
});

journey("a pasted token is in memory and nowhere else", here(), async ({ page, context }) => {
  const token = await sandbox.token("admin");
  await page.locator(".account-button").click();
  await page.getByText("Or paste an access token").click();
  await page.getByLabel("Access token").fill(token);
  await page.getByRole("button", { name: "Use this token" }).click();
  await page.getByRole("region", { name: "Signed in" }).getByText("Ada Admin").waitFor();
  await page.keyboard.press("Escape");
  await fill(page, { principal: PEOPLE.delegate, role: "Reader", condition: false, why: "pasted" });
  const submit = page.getByRole("region", { name: "Submit" });
  await submit.getByRole("button", { name: "Validate" }).click();
  await submit.getByText("it would be granted").waitFor();
  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const contents = await Promise.all(databases.map(({ name }) => new Promise((done, failed) => {
      const opening = indexedDB.open(name);
      opening.onerror = failed;
      opening.onsuccess = () => {
        const stores = [...opening.result.objectStoreNames];
        const reading = opening.result.transaction(stores).objectStore(stores[0]).getAll();
        reading.onsuccess = () => done(reading.result);
      };
    })));
    const cached = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) cached.push(request.url);
    }
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, contents, cached, history.state, location.href, document.documentElement.outerHTML]);
  });
  const secret = token.split(".")[2];
  assert.ok(!kept.includes(secret), "no storage, history or address holds it");
  assert.ok(!JSON.stringify(await context.cookies()).includes(secret));
  await page.reload();
  await page.locator(".account-button", { hasText: "not signed in" }).waitFor();
});

journey("the page connects to what was chosen and to nothing else", here({ expected: /Content Security Policy|Connecting to/ }), async ({ page }) => {
  const reach = (url) => page.evaluate((url) => fetch(url, { mode: "no-cors" }).then(() => "reached", () => "blocked"), url);
  assert.equal(await reach("https://management.azure.com/"), "blocked");
  assert.equal(await reach("https://example.com/"), "blocked");
  assert.equal(await reach("/sandbox"), "reached");
  const header = (await page.request.get(sandbox.http)).headers()["content-security-policy"];
  assert.match(header, /connect-src 'self' https:\/\/login\.microsoftonline\.com/);
  assert.match(header, /frame-ancestors 'none'/);
  assert.doesNotMatch(header, /unsafe-inline|'unsafe-eval'|https?:\/\/\*/);
  // Another cloud is reached once it is chosen, for which the page loads anew.
  await page.locator(".account-button").click();
  await page.getByRole("radio", { name: /^Azure Government/ }).check();
  await page.getByRole("button", { name: "Use this service" }).click();
  await page.locator(".account-button", { hasText: "Azure Government" }).waitFor();
  const blocked = page.waitForEvent("console", (message) => /violates/.test(message.text()));
  assert.equal(await reach("https://management.azure.com/"), "blocked");
  await blocked;
});

journey("a link shows a request and never sends it", here(), async ({ page }) => {
  await signInAs(page, "admin");
  await fill(page, { principal: PEOPLE.delegate, role: "Reader", condition: false, why: "linked" });
  const sent = [];
  page.on("request", (request) => { if (request.method() !== "GET") sent.push(request.url()); });
  await page.getByRole("button", { name: "Share" }).click();
  const link = await page.getByRole("dialog", { name: "Share" }).locator("input").inputValue();
  await page.keyboard.press("Escape");
  await page.goto(link);
  await page.getByRole("tab", { name: "Deliver" }).click();
  await page.getByRole("region", { name: "Submit" }).waitFor();
  assert.deepEqual(sent, []);
});
