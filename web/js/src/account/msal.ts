// Authorization code with PKCE, by Microsoft's library. What it keeps is in this tab alone.

import { CacheLookupPolicy, PublicClientApplication } from "@azure/msal-browser";

interface Provider { authority: string; client: string; scope: string }

let application: { of: string; ready: Promise<PublicClientApplication> } | undefined;

function of(provider: Provider): Promise<PublicClientApplication> {
  const key = `${provider.authority} ${provider.client}`;
  if (application?.of !== key) application = { of: key, ready: start(provider) };
  return application.ready;
}

async function start({ authority, client }: Provider): Promise<PublicClientApplication> {
  const made = new PublicClientApplication({
    auth: {
      clientId: client,
      authority,
      // A provider that is not Microsoft's is known because the person chose it.
      knownAuthorities: [new URL(authority).host],
      redirectUri: new URL("signed-in.html", document.baseURI).href,
      // Lets a service ask for claims where the network or the policy changes.
      clientCapabilities: ["CP1"],
    },
    cache: { cacheLocation: "sessionStorage" },
    system: { popupBridgeTimeout: 5 * 60_000 },
  });
  await made.initialize();
  return made;
}

export async function signIn(provider: Provider, claims?: string): Promise<string> {
  const client = await of(provider);
  const account = client.getActiveAccount() ?? undefined;
  const answer = await client.loginPopup({
    scopes: [provider.scope],
    claims,
    ...(claims ? { account, loginHint: account?.username } : { prompt: "select_account" }),
    overrideInteractionInProgress: true,
  });
  client.setActiveAccount(answer.account);
  return answer.accessToken;
}

export async function token(provider: Provider): Promise<string> {
  const client = await of(provider);
  const account = client.getActiveAccount() ?? client.getAllAccounts()[0];
  // Frames are not allowed on this page, so a token comes from the tab or for the refresh token.
  const answer = await client.acquireTokenSilent({
    scopes: [provider.scope],
    account,
    cacheLookupPolicy: CacheLookupPolicy.AccessTokenAndRefreshToken,
  });
  return answer.accessToken;
}
