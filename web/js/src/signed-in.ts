// The page that the identity provider leads back to: hands the answer to the editor, and closes.

import { broadcastResponseToMainFrame } from "@azure/msal-browser/redirect-bridge";

broadcastResponseToMainFrame().catch(() => {
  document.body.textContent = "This page is where a sign-in ends. You can close it.";
});
