// Pages marked data-offline are kept on the device with what they need, for its person alone: see service-worker.js.
const OLDEST = 14 * 24 * 60 * 60 * 1000;
const person = document.body.dataset.person ?? "";
const mine = `kept-${person}`;

async function keep(cache, address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  await cache.put(address, new Response(await answer.blob(), { headers }));
}

// What somebody else kept goes when another person, or nobody, is signed in; what is old goes by itself.
async function tidy() {
  for (const name of await caches.keys()) {
    if (name.startsWith("kept-") && (name !== mine || !person)) await caches.delete(name);
  }
  if (!person || !(await caches.has(mine))) return;
  const cache = await caches.open(mine);
  for (const request of await cache.keys()) {
    const kept = Date.parse((await cache.match(request)).headers.get("X-Kept-At"));
    if (!(Date.now() - kept < OLDEST)) await cache.delete(request);
  }
}

async function keepThisPage(page) {
  await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
  const cache = await caches.open(mine);
  const parts = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  const files = parts.filter((part) => part.origin === location.origin && part.pathname.startsWith("/static/"));
  const more = [...page.querySelectorAll("a[data-offline-too]")].map((link) => link.href);
  const wanted = new Set([location.pathname + location.search, ...more, ...files.map((part) => part.pathname + part.search)]);
  await Promise.all([...wanted].map((address) => keep(cache, address)));
  page.dataset.offline = "kept";
}

function tellSince(at) {
  const notice = document.querySelector("[data-kept-notice]");
  const time = notice.querySelector("time");
  time.dateTime = at;
  time.textContent = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  notice.hidden = false;
}

async function begin() {
  const at = document.documentElement.dataset.keptAt;
  if (at) tellSince(at);
  if (!("caches" in window) || !("serviceWorker" in navigator)) return;
  await tidy();
  const page = document.querySelector("main[data-offline]");
  if (page && person && !at) await keepThisPage(page);
}

addEventListener("load", () => begin().catch(() => {})); // without it the page works as ever, with a connection
