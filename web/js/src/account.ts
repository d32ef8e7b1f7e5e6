// Signing in. The library that does it loads when somebody signs in, and not before.

const library = () => import("./account/msal");

/** Lets somebody sign in, and returns an access token. */
export async function signIn(provider: string, claims?: string): Promise<string> {
  return told(async () => (await library()).signIn(JSON.parse(provider), claims));
}

/** Returns an access token of whoever signed in, without asking them anything. */
export async function token(provider: string): Promise<string> {
  return told(async () => (await library()).token(JSON.parse(provider)));
}

/** Says whether somebody signed in to this tab. */
export function isKnown(): boolean {
  return keys().length > 0;
}

/** Forgets whoever signed in to this tab; the provider is asked again the next time. */
export function forgetAccount(): void {
  for (const key of keys()) sessionStorage.removeItem(key);
}

function keys(): string[] {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith("msal."));
  } catch {
    return [];
  }
}

/** What went wrong, in words: the editor shows them as they are. */
const WORDS: Record<string, string> = {
  user_cancelled: "the window was closed before the sign-in was done",
  popup_window_error: "the browser did not open a window; let this page open windows, and try again",
  empty_window_error: "the browser did not open a window; let this page open windows, and try again",
  timed_out: "the sign-in took too long; try again",
  interaction_in_progress: "a sign-in is going on in another window of this page",
  no_account_error: "nobody is signed in",
  endpoints_resolution_error: "the identity provider cannot be reached, or does not know the tenant",
  no_network_connectivity: "there is no network",
};

async function told(act: () => Promise<string>): Promise<string> {
  try {
    return await act();
  } catch (error) {
    const { errorCode = "", errorMessage, message } = error as { errorCode?: string; errorMessage?: string; message?: string };
    throw WORDS[errorCode] ?? `signing in failed: ${String(errorMessage || message || errorCode).slice(0, 400)}`;
  }
}
