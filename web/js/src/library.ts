// The documents that were worked on, kept by this browser and nowhere else.

const STORE = "documents";
/** How many are kept; the oldest goes first. */
const LIMIT = 50;

interface Kept { id: string; name: string; changed: number; json: string }

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("grantif", 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(STORE, { keyPath: "id" }).createIndex("changed", "changed");
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
    opening.onblocked = () => reject(new Error("another tab keeps the database"));
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  return (await database()).transaction(STORE, mode).objectStore(STORE);
}

/** Keeps a document, in place of what was kept under its id. */
export async function keep(id: string, name: string, json: string): Promise<void> {
  const documents = await store("readwrite");
  await done(documents.put({ id, name, json, changed: Date.now() } satisfies Kept));
  const ids = await done(documents.index("changed").getAllKeys());
  for (const old of ids.slice(0, Math.max(0, ids.length - LIMIT))) documents.delete(old);
}

/** Lists what is kept, the newest first, as JSON. */
export async function list(): Promise<string> {
  const kept = (await done((await store("readonly")).index("changed").getAll())) as Kept[];
  return JSON.stringify(kept.reverse());
}

/** Forgets a document. */
export async function forget(id: string): Promise<void> {
  await done((await store("readwrite")).delete(id));
}
