// Bring what was done here to the hub: in order, each once. May be killed anywhere and begun again from the start.
//
// An entry is waiting until the hub's answer to it is on this device's disk. If that answer is lost, the entry goes again,
// and the hub answers as it did before.

import { all, one, transact } from "./database.js";
import * as hub from "./hub.js";
import { REFUSED, WAITING, settle } from "./outbox.js";

const AT_ONCE = 20;

/** How a round ended. */
export const SENT = "sent";
export const NO_NETWORK = "no_network";
export const SIGNED_OUT = "signed_out";
export const SOMEBODY_ELSE = "somebody_else";
export const FORBIDDEN = "forbidden";
export const FAILED = "failed";

const ENDS = { 0: NO_NETWORK, 401: SIGNED_OUT };

/** One round for one person: `{end, session}`. Two pages of one browser take turns. */
export function send(database, person, progress = () => {}) {
  return navigator.locks.request(`waystation-sync-${person.id}`, async () => {
    const said = await hub.session();
    if (said.status !== 200) return { end: ends(said.status), session: null };
    if (said.body.id !== person.id) return { end: SOMEBODY_ELSE, session: said.body };
    if (!said.body.inspects) return { end: FORBIDDEN, session: said.body };
    return { end: await deliver(database, said.body.csrf, progress), session: said.body };
  });
}

async function deliver(database, csrf, progress) {
  let atOnce = AT_ONCE;
  for (;;) {
    const waiting = (await all(database, "entries")).filter((entry) => entry.state === WAITING);
    if (waiting.length === 0) return SENT;
    progress(waiting.length);
    const batch = waiting.slice(0, atOnce);
    for (const entry of batch) {
      const end = entry.deed.photo ? await deliverPhoto(database, entry, csrf) : null;
      if (end) return end;
    }
    const still = await stillWaiting(database, batch);
    if (still.length === 0) continue;
    const { status, body } = await hub.sendEntries(still, csrf);
    if (status === 200) await settle(database, body.outcomes);
    // What the hub cannot take as a whole goes one by one, so that only the bad one stays.
    else if (hopeless(status) && still.length > 1) atOnce = 1;
    else if (hopeless(status)) await refuse(database, still[0], body);
    else return ends(status);
  }
}

// The photo first: an entry may only name one that the hub has.
async function deliverPhoto(database, entry, csrf) {
  const photo = await one(database, "photos", entry.deed.photo);
  if (!photo || photo.sent) return null;
  const { status, body } = await hub.sendPhoto(photo, csrf);
  if (hopeless(status)) await refuse(database, entry, body);
  else if (status !== 200) return ends(status);
  else await transact(database, ["photos"], "readwrite", ({ photos }) => photos.put({ ...photo, sent: true }));
  return null;
}

async function stillWaiting(database, batch) {
  const ids = new Set(batch.map((entry) => entry.id));
  return (await all(database, "entries")).filter((entry) => ids.has(entry.id) && entry.state === WAITING);
}

// Refused here and kept here, with the hub's own words.
function refuse(database, entry, body) {
  return settle(database, [{ id: entry.id, outcome: REFUSED, why: body?.message ?? null }]);
}

function hopeless(status) {
  return [400, 404, 409, 413, 422].includes(status);
}

function ends(status) {
  return ENDS[status] ?? FAILED;
}
