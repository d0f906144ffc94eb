// Holds on this device, sealed, what did not leave yet, and the pages that open without network until one signs out.
"use strict";

// Each kind of pages that open without network; the files of the house, kept apart, say nothing of anybody.
const KEPT = ["ecrits", "visites"];

// The key of the month comes with the pages of somebody signed in, and no device keeps it; its digest is the key of the month before.
function sealed(person, key) {
  const [month, first] = [Number(key.split(":")[0]), key.split(":")[1]];
  const opened = new Promise((yes) => {
    if (!window.indexedDB || !crypto.subtle) return yes(null);
    const ask = indexedDB.open("jalon", 1);
    ask.onupgradeneeded = () => ask.result.createObjectStore("typed", { keyPath: "pen" });
    ask.onsuccess = () => yes(ask.result);
    ask.onerror = () => yes(null);
  });
  async function keyOf(then) {
    if (!(then <= month)) throw new RangeError("sealed by a key that this page does not have");
    let bytes = Uint8Array.from(first.match(/../g), (two) => parseInt(two, 16));
    for (let back = then; back < month; back += 1) bytes = await crypto.subtle.digest("SHA-256", bytes);
    return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  }
  const seal = opened.then((base) => base && keyOf(month));
  const store = async (mode, how) => {
    const base = await opened;
    return base && new Promise((yes, no) => {
      const asked = how(base.transaction("typed", mode).objectStore("typed"));
      asked.onsuccess = () => yes(asked.result);
      asked.onerror = () => no(asked.error);
    });
  };

  // What says where it goes stands in clear, what was typed does not; false when nothing can be held here.
  async function hold(clear, secret) {
    const using = await seal;
    if (!using) return false;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const open = new TextEncoder().encode(JSON.stringify(secret));
    const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, using, open);
    await store("readwrite", (all) => all.put({ kind: "text", ...clear, person, month, iv, sealed: closed, when: Date.now() }));
    return true;
  }

  // What one's own earlier pages left, of one kind, the latest first.
  async function held(kind) {
    const found = [];
    for (const one of (await store("readonly", (all) => all.getAll())) || []) {
      if (one.person !== person || (one.kind || "text") !== kind) continue;
      try {
        const open = await crypto.subtle.decrypt({ name: "AES-GCM", iv: one.iv }, await keyOf(one.month), one.sealed);
        found.push({ ...one, ...JSON.parse(new TextDecoder().decode(open)) });
      } catch { /* sealed by a key that is no more */ }
    }
    return found.sort((one, other) => other.when - one.when);
  }

  const drop = (pen) => store("readwrite", (all) => all.delete(pen));
  return { hold, held, drop };
}

// A page that is open holds its name: another one takes over what a page that is gone left.
const free = (name) => new Promise((yes) => {
  if (!navigator.locks) return yes(true);
  navigator.locks.request(name, { ifAvailable: true }, (lock) => {
    yes(Boolean(lock));
    return lock && new Promise(() => {});
  });
});

const forgetPages = () => Promise.all(KEPT.map((kind) => caches.delete(kind)));

// Pages kept for somebody else go.
async function keepOnlyOf(person) {
  if (localStorage.getItem("person") !== person) await forgetPages();
  localStorage.setItem("person", person);
}

let leaving = false;
document.querySelector(".me form")?.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  leaving = true;
  if (window.caches) forgetPages();
});

// Keeps this page; the worker keeps it by itself once it answers for it.
async function opensWithoutNetwork(kind) {
  const first = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register("/hors-ligne.js");
  if (!first || !navigator.onLine) return;
  const files = [...document.querySelectorAll("script[src], link[rel=stylesheet]")].map((one) => one.src || one.href);
  await (await caches.open("fichiers")).addAll(files);
  await (await caches.open(kind)).add(location.href);
  if (leaving) await forgetPages();
}

// A page kept since before somebody signed in again carries a token that is no more.
async function freshToken(token) {
  const page = await (await fetch(location.href)).text();
  return new DOMParser().parseFromString(page, "text/html").querySelector("[name=csrfmiddlewaretoken]")?.value || token;
}
