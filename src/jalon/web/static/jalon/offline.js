// Opens without network the pages in which somebody writes, or that they take along to a visit, until they sign out.
"use strict";

const MOST = 60, PATIENCE = 8000;
const PAGES = {
  ecrits: /^\/dossiers\/[0-9a-f-]{36}\/(faisabilite|validation)\//,
  visites: /^\/accompagnement\/visite\/[a-z-]+\/\d+\/$/,
};
const KINDS = Object.keys(PAGES);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname.startsWith("/compte/")) event.respondWith(forget(request));
  if (request.method !== "GET") return;
  const kind = request.mode === "navigate" && KINDS.find((one) => PAGES[one].test(pathname));
  if (kind || pathname.startsWith("/static/jalon/")) event.respondWith(answer(request, kind));
});

const forgetPages = () => Promise.all(KINDS.map((kind) => caches.delete(kind)));

// What a page still keeps while somebody signs out goes with the rest.
async function forget(request) {
  await forgetPages();
  try {
    return await fetch(request);
  } finally {
    await forgetPages();
  }
}

// A network that says nothing is as good as none, where the page is known.
async function answer(request, kind) {
  const known = await knownStill(request);
  const fresh = ask(request, kind);
  if (!known) return fresh;
  const late = new Promise((yes) => { setTimeout(yes, PATIENCE, known.clone()); });
  return Promise.race([fresh.catch(() => known), late]);
}

// A page may say until when it is kept.
async function knownStill(request) {
  const known = await caches.match(request, { ignoreVary: true });
  const until = known?.headers.get("X-Kept-Until");
  if (!until || Date.now() < Date.parse(until)) return known;
  await (await caches.open("visites")).delete(request, { ignoreVary: true });
}

async function ask(request, kind) {
  const got = await fetch(request);
  // A page that is kept sends elsewhere only those who are no longer signed in.
  if (kind && got.type === "opaqueredirect") await forgetPages();
  // What somebody may read no more is not read without network either.
  else if (kind && [403, 404, 410].includes(got.status)) await (await caches.open(kind)).delete(request, { ignoreVary: true });
  else if (got.ok && (!kind || got.headers.get("Content-Type").startsWith("text/html"))) await keep(request, kind || "fichiers", got.clone());
  return got;
}

async function keep(request, kind, got) {
  const kept = await caches.open(kind);
  await kept.put(request, got);
  const known = await kept.keys();
  for (const old of known.slice(0, Math.max(known.length - MOST, 0))) await kept.delete(old);
}
