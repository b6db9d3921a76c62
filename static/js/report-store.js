// What a phone keeps of a report until the school has it: by person and visit, in the browser's own database.
// Where there is none (a private window of some browsers), it is kept as long as the page is open.
const NAME = "reports";
const STORES = ["reports", "photos"];
const DAYS_KEPT = 60;
const memory = Object.fromEntries(STORES.map((store) => [store, new Map()]));
let opening;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store, { keyPath: "id" }));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }).catch(() => null);
  return opening;
}

async function run(store, mode, act) {
  const database = await open();
  if (!database) return undefined;
  return new Promise((resolve, reject) => {
    const deed = database.transaction(store, mode);
    const request = act(deed.objectStore(store));
    deed.oncomplete = () => resolve(request.result);
    deed.onabort = deed.onerror = () => reject(deed.error);
  });
}

export async function get(store, id) {
  return (await run(store, "readonly", (rows) => rows.get(id))) ?? memory[store].get(id);
}

export async function put(store, row) {
  if (!(await open())) memory[store].set(row.id, row);
  else await run(store, "readwrite", (rows) => rows.put(row));
}

export async function remove(store, id) {
  memory[store].delete(id);
  await run(store, "readwrite", (rows) => rows.delete(id));
}

export async function all(store) {
  return (await run(store, "readonly", (rows) => rows.getAll())) ?? [...memory[store].values()];
}

export async function forgetOld() {
  const since = Date.now() - DAYS_KEPT * 24 * 60 * 60 * 1000;
  for (const store of STORES) for (const row of await all(store)) if (row.at < since) await remove(store, row.id);
}
