// What was done here and is not yet acknowledged: entries in order, each with an id of its own and a digest of its text.

import { all, asked, transact } from "./database.js";
import { sha256 } from "./digest.js";
import { entryOf, entryRow, inspectionOf, photoOf, photoRow, whyRow } from "./rows.js";

export const WAITING = "waiting";
export const APPLIED = "applied";
export const CONFLICT = "conflict";
export const REFUSED = "refused";

// What changes a line; a photo is added beside it.
const CHANGES = new Set(["look", "reveal", "decide", "test", "mark"]);

/**
 * Keep a deed, with the photo that belongs to it; resolves when both are on disk, rejects where they are not.
 *
 * The text is made and hashed once: what is sent, tomorrow or after a crash, is to the letter what was done now.
 * One page at a time: two tabs would name the same deed as the one before.
 */
export function keep(place, inspection, deed, spent_s, photo = null) {
  const { user, database, safe } = place;
  return navigator.locks.request(`waystation-outbox-${user}`, async () => {
    const { version, after } = CHANGES.has(deed.what) ? await basis(place, inspection, deed.key) : NONE;
    const id = crypto.randomUUID();
    const done_at = new Date().toISOString();
    const content = JSON.stringify({ user, inspection, done_at, spent_s, version, after, deed });
    const entry = {
      id, inspection, key: deed.key ?? null, deed, content, sha256: await sha256(content), done_at,
      state: WAITING, why: null,
    };
    const rows = { entry: await entryRow(safe, entry), photo: photo && (await photoRow(safe, photo)) };
    await transact(database, ["entries", "photos"], "readwrite", (stores) => {
      if (rows.photo) stores.photos.add(rows.photo);
      stores.entries.add(rows.entry);
    });
    return entry;
  });
}

const NONE = { version: null, after: null };

// On what a change is based: the line as it was downloaded, and the change before it on this device.
async function basis({ database, safe }, inspection, key) {
  // Both in one transaction: a download in between takes entries away and raises versions.
  const [row, rows] = await transact(database, ["inspections", "entries"], "readonly", (stores) =>
    Promise.all([asked(stores.inspections.get(inspection)), asked(stores.entries.getAll())]),
  );
  const form = row ? await inspectionOf(safe, row) : null;
  const line = form?.sections.flatMap((section) => section.lines).find((found) => found.key === key);
  const own = rows.filter((entry) => entry.inspection === inspection);
  const before = (await Promise.all(own.map((entry) => entryOf(safe, entry)))).findLast(
    (entry) => entry.key === key && CHANGES.has(entry.deed.what),
  );
  return { version: line?.version ?? null, after: before?.id ?? null };
}

/** How many the hub has not taken; known without the key. */
export async function unsent(database) {
  return (await all(database, "entries")).filter((entry) => entry.state !== APPLIED).length;
}

/** Write down what the hub said of entries: `[{id, outcome, why}]`. */
export async function settle({ database, safe }, outcomes) {
  const said = new Map();
  for (const { id, outcome, why } of outcomes) said.set(id, { state: outcome, why: await whyRow(safe, id, why) });
  return transact(database, ["entries"], "readwrite", async ({ entries: store }) => {
    for (const entry of await asked(store.getAll())) {
      if (said.has(entry.id)) store.put({ ...entry, ...said.get(entry.id) });
    }
  });
}

/** Take one entry away, with its photo: a person read why it was refused and needs it no more. */
export function discard(database, number) {
  return transact(database, ["entries", "photos"], "readwrite", async (stores) => {
    const entry = await asked(stores.entries.get(number));
    if (entry && photoOf(entry)) stores.photos.delete(photoOf(entry));
    stores.entries.delete(number);
  });
}

/** As text, for whoever wants to keep it elsewhere. */
export function copied(entry) {
  return JSON.stringify({ id: entry.id, sha256: entry.sha256, why: entry.why, content: JSON.parse(entry.content) }, null, 2);
}
