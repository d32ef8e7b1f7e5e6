// Narrows where the page may connect to: the page's own policy allows every cloud that can be
// chosen, this one allows what was chosen. A policy that is added can only forbid more.

import clouds from "../../clouds.json";

export function limitConnections(): void {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = `connect-src ${["'self'", ...chosen()].join(" ")}`;
  document.head.append(policy);
}

/** The origins of what was chosen; `web/src/service/place.rs` writes it. */
function chosen(): string[] {
  try {
    const served = document.querySelector("meta[name=grantif-sandbox]") !== null;
    const { kind = served ? "here" : "public", endpoint } = JSON.parse(localStorage.getItem("grantif.target") ?? "{}");
    if (kind === "here") return [];
    if (kind === "other") return [new URL(endpoint).origin];
    return Object.values(clouds[kind as keyof typeof clouds]);
  } catch {
    return [];
  }
}
