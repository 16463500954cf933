// Answers when there is no connection. Pages are kept only by drafts.js, for the person signed in; here they are only read.
// Served at /sw.js by visits.visits.views.service_worker.

const STATIC = "kam-static";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function keptPage(request) {
  const path = new URL(request.url);
  for (const name of await caches.keys()) {
    if (!name.startsWith("kam-pages-")) continue;
    const cache = await caches.open(name);
    const kept = (await cache.match(path.pathname + path.search)) ?? (await cache.match(path.pathname));
    if (kept) return kept;
    const start = await cache.match("/visits/new/");
    if (start) return start;
  }
  return (await caches.match("/static/503.html")) ?? Response.error();
}

async function fresh(request) {
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(STATIC)).put(request, answer.clone());
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => keptPage(request)));
  else if (url.pathname.startsWith("/static/"))
    event.respondWith(fresh(request).catch(async () => (await caches.match(request)) ?? Response.error()));
});
