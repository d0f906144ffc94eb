// Opens without network the pages in which somebody writes and that they already saw, until they sign out.
"use strict";

const KEPT = "ecrits", MOST = 60, PATIENCE = 8000;
const WRITTEN = /^\/dossiers\/[0-9a-f-]{36}\/(faisabilite|validation)\//;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname.startsWith("/compte/")) event.respondWith(forget(request));
  if (request.method !== "GET") return;
  const page = request.mode === "navigate" && WRITTEN.test(pathname);
  if (page || pathname.startsWith("/static/jalon/")) event.respondWith(answer(request, page));
});

// What a page still keeps while somebody signs out goes with the rest.
async function forget(request) {
  await caches.delete(KEPT);
  try {
    return await fetch(request);
  } finally {
    await caches.delete(KEPT);
  }
}

// A network that says nothing is as good as none, where the page is known.
async function answer(request, page) {
  const kept = await caches.open(KEPT);
  const known = await kept.match(request, { ignoreVary: true });
  const fresh = ask(kept, request, page);
  if (!known) return fresh;
  const late = new Promise((yes) => { setTimeout(yes, PATIENCE, known.clone()); });
  return Promise.race([fresh.catch(() => known), late]);
}

async function ask(kept, request, page) {
  const got = await fetch(request);
  // A page in which one writes sends elsewhere only those who are no longer signed in.
  if (page && got.type === "opaqueredirect") await caches.delete(KEPT);
  else if (got.ok && (!page || got.headers.get("Content-Type").startsWith("text/html"))) await keep(kept, request, got.clone());
  return got;
}

async function keep(kept, request, got) {
  await kept.put(request, got);
  const known = await kept.keys();
  for (const old of known.slice(0, Math.max(known.length - MOST, 0))) await kept.delete(old);
}
