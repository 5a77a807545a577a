/* Keeps the kit's page and what it is made of, so that it opens without a network. Nothing else is ever kept here: no answer of the office,
   no page with a name. KEEPS is written before this by the office: {version, page, files}. */
"use strict";
const SHELF = `gongjian-kit-${KEEPS.version}`;
const KEPT = new Set([KEEPS.page, ...KEEPS.files]);

async function fill() {
  const shelf = await caches.open(SHELF);
  await Promise.all([...KEPT].map(async (address) => {
    const answer = await fetch(address, { credentials: "omit", cache: "reload" }); // nobody's page: the same for everybody
    if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
    await shelf.put(address, answer);
  }));
  await self.skipWaiting();
}

async function clear() {
  const old = (await caches.keys()).filter((name) => name.startsWith("gongjian-kit-") && name !== SHELF);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(request, address) {
  return (await (await caches.open(SHELF)).match(address)) || fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(clear()));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method === "GET" && address.origin === self.location.origin && KEPT.has(address.pathname)) {
    event.respondWith(kept(event.request, address.pathname));
  }
});
