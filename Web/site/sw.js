// Keeps a copy of the course for reading offline. The network comes first, so a new version of the site shows at once; the
// copy is of one version, whose content gave it its name.

const prefix = `chainrule ${self.registration.scope} `;
const name = prefix + "{{ version }}";
const files = {{ files | json | safe }};
const others = {{ others | json | safe }};
const addresses = (names) => new Set(names.map((name) => new URL(name, self.registration.scope).href));
const [kept, known] = [addresses(files), addresses([...files, ...others])];

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
  // A page is the same, whatever stands behind the question mark. What isn't of this site is not kept.
  const address = request.url.replace(/[?#].*/, "");
  if (request.method !== "GET" || !known.has(address)) return;
  event.respondWith((async () => {
    const cache = await caches.open(name);
    try {
      const response = await fetch(request);
      // What else was looked at is kept too.
      if (response.ok && !kept.has(address)) event.waitUntil(cache.put(address, response.clone()));
      return response;
    } catch {
      return (await cache.match(address)) ?? Response.error();
    }
  })());
});
