// Served as /sw.js. The network first; where there is none, the copy that offline.js kept, with the time it is of.
const OLDEST = 14 * 24 * 60 * 60 * 1000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("kept-")).map((name) => caches.delete(name)));
}

async function kept(request) {
  const copy = await caches.match(request, { ignoreVary: true });
  if (!copy) return undefined;
  return Date.now() - Date.parse(copy.headers.get("X-Kept-At")) < OLDEST ? copy : undefined;
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    const copy = await kept(request);
    if (!copy && (await kept(new Request("/")))) return Response.redirect("/"); // what is not kept leads to the day that is
    if (!copy) throw problem;
    const at = copy.headers.get("X-Kept-At");
    const text = (await copy.text()).replace("<html ", `<html data-kept-at="${at}" `);
    return new Response(text, { headers: copy.headers });
  }
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    const copy = await kept(request);
    if (!copy) throw problem;
    return copy;
  }
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname === "/accounts/logout/") event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});
