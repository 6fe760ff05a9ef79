// Keeps a copy of the course for reading offline. The network comes first, so a new version of the site shows at once; the
// copy is of one version, whose content gave it its name.

const prefix = `chainrule ${self.registration.scope} `;
const name = prefix + "{{ version }}";
const files = {{ files | json | safe }};
const addresses = new Set(files.map((file) => new URL(file, self.registration.scope).href));

self.addEventListener("install", (event) => {
  // Whatever the browser still has is asked for again, or a copy could be of two versions.
  const requests = files.map((file) => new Request(file, { cache: "no-cache" }));
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(requests)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const key of await caches.keys()) {
      if (key.startsWith(prefix) && key !== name) await caches.delete(key);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith((async () => {
    const cache = await caches.open(name);
    try {
      const response = await fetch(request);
      // What else was looked at is kept too.
      if (response.ok && !addresses.has(request.url)) event.waitUntil(cache.put(request, response.clone()));
      return response;
    } catch {
      return (await cache.match(request, { ignoreSearch: true })) ?? Response.error();
    }
  })());
});
