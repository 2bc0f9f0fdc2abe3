// The service worker: the app itself comes from this device, charts from the page that has the key to them, everything
// else from the network. `APP` stands in front of this text: edition, page, languages, files.

const CACHE = `waystation-app-${APP.edition}`;
const CHART_PATIENCE_MS = 5_000;
const CHOICE = "waystation-choice";

self.addEventListener("install", (event) => {
  event.waitUntil(keepApp());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldEditions());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname === APP.page) event.respondWith(page(url, event.request));
  else if (APP.files.includes(url.pathname + url.search)) event.respondWith(kept(event.request));
  else if (url.pathname.endsWith("/chart.svg") && event.request.cache !== "no-store") event.respondWith(chart(event, url));
});

async function keepApp() {
  const cache = await caches.open(CACHE);
  const pages = APP.languages.map((language) => `${APP.page}?language=${language}`);
  // "reload": what an older edition left in the browser's own cache is not this edition.
  await cache.addAll([...pages, ...APP.files].map((address) => new Request(address, { cache: "reload" })));
  await self.skipWaiting();
}

async function forgetOldEditions() {
  for (const name of await caches.keys()) {
    if (name.startsWith("waystation-app-") && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

// The page in the language asked for; without one, in the language it was last used in.
async function page(url, request) {
  const choice = await caches.open(CHOICE);
  const asked = url.searchParams.get("language");
  const before = await choice.match("/language");
  const last = before ? await before.text() : APP.languages[0];
  const language = APP.languages.includes(asked) ? asked : last;
  await choice.put("/language", new Response(language));
  const found = await caches.match(`${APP.page}?language=${language}`, { cacheName: CACHE });
  return found ?? fetch(request);
}

async function kept(request) {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}

// A chart is shown as it was when its inspection was downloaded: that is what the proposal rests on. It lies sealed, and
// only the page can open it.
async function chart(event, url) {
  const page = await self.clients.get(event.clientId);
  const bytes = page ? await askedOf(page, url.pathname + url.search) : null;
  return bytes ? new Response(bytes, { headers: { "content-type": "image/svg+xml" } }) : fetch(event.request);
}

function askedOf(page, chart) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(() => resolve(null), CHART_PATIENCE_MS);
    page.postMessage({ chart }, [port2]);
  });
}
