// The key's way onto this device: from the hub over the session, into memory. For a start without a network it lies here
// too, but only wrapped by what a passphrase makes of itself.

import { all, one, transact } from "./database.js";
import { chartRow, entryRow, inspectionRow, photoRow } from "./rows.js";
import { opened, safeOf, sealed } from "./safe.js";

/** Of PBKDF2 with SHA-256: what OWASP asks for (Password Storage Cheat Sheet, 2023). */
const ROUNDS = 600_000;
export const SHORTEST = 8;
const CHECK = "check";
const VAULT = "vault";
const WORD = "waystation";

/** How the person's things lie here. */
export const SEALED = "sealed";
export const PLAIN = "plain";
export const EMPTY = "empty";

export async function lies(database) {
  if (await one(database, "kept", CHECK)) return SEALED;
  return (await one(database, "kept", "download")) ? PLAIN : EMPTY;
}

/** Whether a passphrase was chosen for this device. */
export async function hasPassphrase(database) {
  return Boolean(await one(database, "kept", VAULT));
}

/** The safe of this key, or null where what lies here was sealed with another. What lies in plain is sealed first. */
export async function openWith(place, raw) {
  const safe = await safeOf(raw);
  const check = await one(place.database, "kept", CHECK);
  if (check && !(await fits(safe, check))) return null;
  // A page that had no key yet may have gone on in plain beside one that had it.
  const bare = (await all(place.database, "entries")).some((row) => !row.sealed);
  if (!check || bare) await rewrite(place, safe);
  return safe;
}

/** Wrap the key by a passphrase, for starts without a network. */
export async function setPassphrase(database, raw, words) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const wrapping = await wrapper(words, salt, ROUNDS);
  const vault = { salt, rounds: ROUNDS, wrapped: await wrapping.seal(VAULT, raw) };
  await transact(database, ["kept"], "readwrite", ({ kept }) => kept.put(vault, VAULT));
}

/** The safe, or null: these are not the words. */
export async function openBy(place, words) {
  const { salt, rounds, wrapped } = await one(place.database, "kept", VAULT);
  const wrapping = await wrapper(words, salt, rounds);
  const raw = await wrapping.open(VAULT, wrapped).catch(() => null);
  return raw && openWith(place, raw);
}

async function wrapper(words, salt, rounds) {
  const typed = new TextEncoder().encode(words.normalize("NFC"));
  const from = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveBits"]);
  return safeOf(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, from, 256));
}

async function fits(safe, box) {
  return (await opened(safe, CHECK, box).catch(() => null)) === WORD;
}

// What an edition before this one left in plain is read once and sealed; the check says from then on that it is.
function rewrite(place, safe) {
  return navigator.locks.request(`waystation-outbox-${place.user}`, async () => {
    const { database } = place;
    const name = `waystation-charts-${place.user}`;
    const made = {
      entries: await each(await all(database, "entries"), (row) => entryRow(safe, row)),
      inspections: await each(await all(database, "inspections"), (row) => inspectionRow(safe, row)),
      photos: await each(await all(database, "photos"), (row) => photoRow(safe, row)),
      charts: await drawings(name, safe),
    };
    const check = await sealed(safe, CHECK, WORD);
    await transact(database, ["kept", ...Object.keys(made)], "readwrite", (stores) => {
      for (const [store, rows] of Object.entries(made)) for (const row of rows) stores[store].put(row);
      stores.kept.put(check, CHECK);
    });
    await caches.delete(name);
  });
}

function each(rows, work) {
  return Promise.all(rows.map((row) => (row.sealed ? row : work(row))));
}

async function drawings(name, safe) {
  if (!(await caches.has(name))) return [];
  const cache = await caches.open(name);
  return Promise.all(
    (await cache.keys()).map(async (request) => {
      const { pathname, search } = new URL(request.url);
      return chartRow(safe, pathname + search, await (await cache.match(request)).arrayBuffer());
    }),
  );
}
