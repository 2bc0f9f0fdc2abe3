// What this device keeps, in the clear for the page that shows it. `place`: `{user, database, safe}`.

import { all, one } from "./database.js";
import { chartOf, entryOf, inspectionOf, photoFrom } from "./rows.js";

/** All entries, oldest first. */
export async function entries(place) {
  return each(await all(place.database, "entries"), (row) => entryOf(place.safe, row));
}

export async function inspections(place) {
  return each(await all(place.database, "inspections"), (row) => inspectionOf(place.safe, row));
}

/** By id. Those that were `known` before are not opened again: a photo never changes. */
export async function photos(place, known = new Map()) {
  const rows = await all(place.database, "photos");
  const open = (row) => known.get(row.id) ?? photoFrom(place.safe, row);
  return new Map((await each(rows, open)).map((photo) => [photo.id, photo]));
}

/** One photo with what the database says of it now, or null. */
export async function photo(place, id) {
  const row = await one(place.database, "photos", id);
  return row ? photoFrom(place.safe, row) : null;
}

/** The bytes of a chart as it was downloaded, or null. */
export async function chart(place, address) {
  const row = place?.safe ? await one(place.database, "charts", address) : null;
  return row ? chartOf(place.safe, row) : null;
}

function each(rows, work) {
  return Promise.all(rows.map(work));
}
