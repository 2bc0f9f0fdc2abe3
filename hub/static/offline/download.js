// The download: inspections to fill in, with proposals, evidence and charts; replaced as a whole, never in parts.

import { all, asked, one, transact } from "./database.js";
import * as hub from "./hub.js";
import { APPLIED, CONFLICT, WAITING } from "./outbox.js";
import { chartRow, inspectionRow, photoOf } from "./rows.js";

const PATIENCE_MS = 30_000; // for a chart: forms wait no longer for their pictures

/** Fetch and keep it, sealed: the HTTP status, 200 where all is on disk. */
export async function fetchAll(place, person, csrf) {
  const before = await all(place.database, "entries");
  const { status, body } = await hub.download(csrf);
  if (status !== 200 || body.user !== person.id) return status === 200 ? 409 : status;
  const charts = await drawings(place.safe, body);
  await keep(place, body, charts, new Set(before.filter((entry) => entry.state === APPLIED).map((entry) => entry.id)));
  return 200;
}

/** When it was made (ISO 8601) and in which language; nulls: there is none. */
export async function current(database) {
  return (await one(database, "kept", "download")) ?? { made_at: null, language: null };
}

// Entries the hub had applied before it made the download are in it; so they and their photos may go with the old one.
async function keep({ database, safe }, body, drawn, included) {
  const forms = await Promise.all(body.inspections.map((inspection) => inspectionRow(safe, inspection)));
  const open = new Set(body.inspections.flatMap((inspection) => inspection.second_answers));
  return transact(database, ["kept", "inspections", "entries", "photos", "charts"], "readwrite", async (stores) => {
    const staying = [];
    for (const entry of await asked(stores.entries.getAll())) {
      const settled = entry.state === CONFLICT && !open.has(entry.id);
      if (!included.has(entry.id) && !settled) staying.push(entry);
      else {
        if (photoOf(entry)) stores.photos.delete(photoOf(entry));
        stores.entries.delete(entry.number);
      }
    }
    const waiting = new Set(staying.filter((entry) => entry.state === WAITING).map((entry) => entry.inspection));
    const coming = new Set(body.inspections.map((inspection) => inspection.id));
    for (const id of await asked(stores.inspections.getAllKeys())) {
      // A form that is no longer mine stays as long as something done in it has not gone.
      if (!coming.has(id) && !waiting.has(id)) stores.inspections.delete(id);
    }
    for (const form of forms) stores.inspections.put(form);
    // Drawn anew with each download: the old drawing is not what the new proposal rests on.
    stores.charts.clear();
    for (const row of drawn) stores.charts.put(row);
    stores.kept.put({ made_at: body.made_at, language: body.language }, "download");
  });
}

// Rows of the charts there are; one that does not come in time is left out.
async function drawings(safe, body) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const addresses = body.inspections.flatMap((inspection) => inspection.charts);
  const wanted = addresses.filter((address) => address.includes("dark=1") === dark);
  const rows = await Promise.all(
    wanted.map(async (address) => {
      const bytes = await drawing(address);
      return bytes && chartRow(safe, address, bytes);
    }),
  );
  return rows.filter((row) => row !== null);
}

async function drawing(address) {
  try {
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok ? await answer.arrayBuffer() : null;
  } catch {
    return null;
  }
}
