// Keeps the site for later, so that it opens without a network.
//
// The files of one build are kept together under that build's name, and replaced together by the
// next, once no page of the old build is open. Nothing else is ever kept or answered from here.

declare const self: ServiceWorkerGlobalScope;
/** Written by the build: the files of the site, and a name that changes with them. */
declare const FILES: string[];
declare const BUILD: string;

const PREFIX = "grantif-";
const kept = new Set(FILES.map((file) => new URL(file, self.registration.scope).href));

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(PREFIX + BUILD);
    await cache.addAll([...kept].map((url) => new Request(url, { cache: "reload" })));
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const drop = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(PREFIX) && name !== PREFIX + BUILD) await caches.delete(name);
    }
  };
  event.waitUntil(drop());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  url.search = "";
  url.hash = "";
  if (event.request.method !== "GET" || !kept.has(url.href)) return;
  const answer = async () => {
    const cache = await caches.open(PREFIX + BUILD);
    return (await cache.match(url.href)) ?? fetch(event.request);
  };
  event.respondWith(answer());
});

export {};
