// Narrows where the page may connect to: the page's own policy allows every cloud that can be
// chosen, this one allows what was chosen. A policy that is added can only forbid more.

/** Where each cloud answers, and where people sign in for it. */
const CLOUDS: Record<string, string[]> = {
  AzureCloud: ["https://management.azure.com", "https://login.microsoftonline.com"],
  AzureUSGovernment: ["https://management.usgovcloudapi.net", "https://login.microsoftonline.us"],
  AzureChinaCloud: ["https://management.chinacloudapi.cn", "https://login.partner.microsoftonline.cn"],
};

export function limitConnections(): void {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = `connect-src ${["'self'", ...chosen()].join(" ")}`;
  document.head.append(policy);
}

function chosen(): string[] {
  try {
    const settings = JSON.parse(localStorage.getItem("grantif.target") ?? "{}");
    const origins = [settings.endpoint, settings.authority].filter((one) => typeof one === "string");
    return [...(CLOUDS[settings.cloud] ?? []), ...origins.map((one) => new URL(one).origin)];
  } catch {
    return [];
  }
}
