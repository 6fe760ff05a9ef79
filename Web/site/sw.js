// Keeps a copy of everything this site has served, for reading offline. The network comes first, so a new version of the
// site shows at once.

const cacheName = "chainrule";
const files = [
  "./", "style.css", "favicon.svg", "page.js", "chainrule-figure.js", "controls.js", "engine.js", "input.js",
  "listing.js", "palette.js", "player.js", "styles.js", "chainrule.wasm",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(
    fetch(request).then((response) => {
      if (response.ok) {
        const copy = response.clone();
        event.waitUntil(caches.open(cacheName).then((cache) => cache.put(request, copy)));
      }
      return response;
    }).catch(async () => (await caches.match(request)) ?? Response.error()));
});
