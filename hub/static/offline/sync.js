// Bring what was done here to the hub: in order, each once. May be killed anywhere and begun again from the start.
//
// An entry is waiting until the hub's answer to it is on this device's disk. If that answer is lost, the entry goes again,
// and the hub answers as it did before.

import { all, one, transact } from "./database.js";
import * as hub from "./hub.js";
import { entries, photo as opened } from "./kept.js";
import { REFUSED, WAITING, settle } from "./outbox.js";

const AT_ONCE = 20;

/** How a round ended. */
export const SENT = "sent";
export const NO_NETWORK = "no_network";
export const SIGNED_OUT = "signed_out";
export const SOMEBODY_ELSE = "somebody_else";
export const FORBIDDEN = "forbidden";
export const FAILED = "failed";
/** What lies here was sealed with another key than the hub has now. */
export const OTHER_KEY = "other_key";

const ENDS = { 0: NO_NETWORK, 401: SIGNED_OUT };

/** One round for one person: `{end, session}`. Two pages of one browser take turns. */
export function send(place, person, progress = () => {}) {
  return navigator.locks.request(`waystation-sync-${person.id}`, async () => {
    const { end, session } = await whose(person);
    return { end: end === SENT ? await deliver(place, session.csrf, progress) : end, session };
  });
}

/** Whether the hub knows this browser as the person: `{end, session}`, `SENT` where it does and may be sent to. */
export async function whose(person) {
  const { status, body } = await hub.session();
  if (status !== 200) return { end: ends(status), session: null };
  if (body.id !== person.id) return { end: SOMEBODY_ELSE, session: body };
  return { end: body.inspects ? SENT : FORBIDDEN, session: body };
}

async function deliver(place, csrf, progress) {
  let atOnce = AT_ONCE;
  for (;;) {
    const waiting = (await entries(place)).filter((entry) => entry.state === WAITING);
    if (waiting.length === 0) return SENT;
    progress(waiting.length);
    const batch = waiting.slice(0, atOnce);
    for (const entry of batch) {
      const end = entry.deed.photo ? await deliverPhoto(place, entry, csrf) : null;
      if (end) return end;
    }
    const still = await stillWaiting(place.database, batch);
    if (still.length === 0) continue;
    const { status, body } = await hub.sendEntries(still, csrf);
    if (status === 200) await settle(place, body.outcomes);
    // What the hub cannot take as a whole goes one by one, so that only the bad one stays.
    else if (hopeless(status) && still.length > 1) atOnce = 1;
    else if (hopeless(status)) await refuse(place, still[0], body);
    else return ends(status);
  }
}

// The photo first: an entry may only name one that the hub has.
async function deliverPhoto(place, entry, csrf) {
  const photo = await opened(place, entry.deed.photo);
  if (!photo || photo.sent) return null;
  const { status, body } = await hub.sendPhoto(photo, csrf);
  if (hopeless(status)) await refuse(place, entry, body);
  else if (status !== 200) return ends(status);
  else await wentOut(place.database, photo.id);
  return null;
}

async function wentOut(database, id) {
  const row = await one(database, "photos", id);
  if (row) await transact(database, ["photos"], "readwrite", ({ photos }) => photos.put({ ...row, sent: true }));
}

async function stillWaiting(database, batch) {
  const rows = (await all(database, "entries")).filter((entry) => entry.state === WAITING);
  const waiting = new Set(rows.map(({ id }) => id));
  return batch.filter(({ id }) => waiting.has(id));
}

// Refused here and kept here, with the hub's own words.
function refuse(place, entry, body) {
  return settle(place, [{ id: entry.id, outcome: REFUSED, why: body?.message ?? null }]);
}

function hopeless(status) {
  return [400, 404, 409, 413, 422].includes(status);
}

function ends(status) {
  return ENDS[status] ?? FAILED;
}
