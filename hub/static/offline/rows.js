// How things lie in the database: what is needed without the key in plain, all else sealed. Without a key (`safe` null:
// what an edition before left here, and its first sending) a row lies as it is.

import { opened, sealed } from "./safe.js";

const inspectionAt = (id) => `inspection ${id}`;
const entryAt = (id) => `entry ${id}`;
const photoAt = (id) => `photo ${id}`;
const chartAt = (address) => `chart ${address}`;

/** Why the hub refused an entry, to lie beside it. */
export function whyRow(safe, id, why) {
  return safe && why ? sealed(safe, `why ${id}`, why) : (why ?? null);
}

export async function entryRow(safe, entry) {
  if (!safe) return entry;
  const { number, id, inspection, state, why, ...rest } = entry;
  const row = { id, inspection, state, photo: entry.deed.photo ?? null };
  if (number !== undefined) row.number = number;
  return { ...row, why: await whyRow(safe, id, why), sealed: await sealed(safe, entryAt(id), rest) };
}

export async function entryOf(safe, row) {
  if (!row.sealed) return row;
  const { sealed: box, photo: _, ...plain } = row;
  const why = row.why ? await opened(safe, `why ${row.id}`, row.why) : null;
  return { ...plain, ...(await opened(safe, entryAt(row.id), box)), why };
}

/** The id of the photo an entry brings, or null. */
export function photoOf(row) {
  return (row.sealed ? row.photo : row.deed.photo) ?? null;
}

export async function inspectionRow(safe, form) {
  return safe ? { id: form.id, sealed: await sealed(safe, inspectionAt(form.id), form) } : form;
}

export function inspectionOf(safe, row) {
  return row.sealed ? opened(safe, inspectionAt(row.id), row.sealed) : row;
}

export async function photoRow(safe, photo) {
  if (!safe) return photo;
  const { id, inspection, sent, content, ...rest } = photo;
  const boxes = [sealed(safe, photoAt(id), rest), safe.seal(`bytes of ${photoAt(id)}`, content)];
  const [box, bytes] = await Promise.all(boxes);
  return { id, inspection, sent, sealed: box, content: bytes };
}

export async function photoFrom(safe, row) {
  if (!row.sealed) return row;
  const { id, inspection, sent } = row;
  const boxes = [opened(safe, photoAt(id), row.sealed), safe.open(`bytes of ${photoAt(id)}`, row.content)];
  const [rest, content] = await Promise.all(boxes);
  return { id, inspection, sent, content, ...rest };
}

export async function chartRow(safe, address, bytes) {
  return { address, sealed: await safe.seal(chartAt(address), bytes) };
}

export function chartOf(safe, row) {
  return safe.open(chartAt(row.address), row.sealed);
}
