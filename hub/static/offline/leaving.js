// Whose device is it now: entering, leaving, and what stays behind.

import { forget as forgetDatabase, open } from "./database.js";
import * as hub from "./hub.js";
import { unsent } from "./outbox.js";
import * as people from "./people.js";

/** Sign out. What is all sent is wiped; what is not stays, closed, until the same person signs in. */
export async function leave(database, person) {
  const left = await unsent(database);
  const out = await tell();
  if (left === 0) await wipe(database, person);
  people.leave(out);
  return out;
}

/** Sign out at the hub; false where it cannot be reached. */
async function tell() {
  const said = await hub.session();
  return said.status === 401 || (said.status === 200 && (await hub.signOut(said.body.csrf)));
}

/** Whoever left without a network is signed out first of all; false where there still is none. */
export async function finishLeaving() {
  if (!people.leaving()) return true;
  const out = await tell();
  if (out) people.left();
  return out;
}

/** How much of others lies here unsent: `[{name, count}]`. What is all sent of them is wiped. */
export async function ofOthers(person) {
  const found = [];
  for (const other of people.others(person?.id ?? null)) {
    const database = await open(other.id);
    const count = await unsent(database);
    if (count > 0) found.push({ name: other.name, count });
    if (count > 0) database.close();
    else await wipe(database, other);
  }
  return found;
}

async function wipe(database, person) {
  database.close();
  await forgetDatabase(person.id);
  await caches.delete(`waystation-charts-${person.id}`); // of an edition before
  people.forget(person.id);
}
