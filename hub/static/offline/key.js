// Whether what lies here can be opened: by the key the hub gives its signed-in person, else by the passphrase.

import { clear } from "./database.js";
import * as hub from "./hub.js";
import { unsent } from "./outbox.js";
import * as sync from "./sync.js";
import { openBy, openWith, setPassphrase } from "./vault.js";

/** Ask the hub: `{end, session}`, `end` as of a round of sending; with `SENT` the place is open. */
export async function fromHub(place, person) {
  const said = await sync.whose(person);
  if (said.end !== sync.SENT && said.end !== sync.FORBIDDEN) return said;
  const raw = await fetched(said.session.csrf);
  if (raw === null) return { ...said, end: sync.FAILED };
  let safe = await openWith(place, raw);
  if (safe === null && (await unsent(place.database)) === 0) {
    // Nothing here that the hub has not: it is downloaded again.
    await clear(place.database);
    safe = await openWith(place, raw);
  }
  raw.fill(0);
  if (safe === null) return { ...said, end: sync.OTHER_KEY };
  place.safe = safe;
  return said;
}

/** Try the passphrase: true once the place is open. */
export async function fromPassphrase(place, words) {
  place.safe = (await openBy(place, words)) ?? place.safe;
  return place.safe !== null;
}

/** Choose one: whether it was kept, which needs the hub, because no page holds the key to read it out. */
export async function choose(place, person, words) {
  const said = await sync.whose(person);
  if (said.session?.id !== person.id) return false;
  const raw = await fetched(said.session.csrf);
  if (raw === null || (await openWith(place, raw)) === null) return false;
  await setPassphrase(place.database, raw, words);
  raw.fill(0);
  return true;
}

async function fetched(csrf) {
  const { status, body } = await hub.key(csrf);
  return status === 200 ? Uint8Array.from(atob(body.key), (letter) => letter.charCodeAt(0)) : null;
}
