// The app: whose device it is, what is shown, and when to send.

import { onSend, showBar } from "./bar.js";
import { open } from "./database.js";
import { current, fetchAll } from "./download.js";
import { formView } from "./form.js";
import * as hub from "./hub.js";
import * as kept from "./kept.js";
import { fromHub } from "./key.js";
import { finishLeaving, leave, ofOthers } from "./leaving.js";
import { listView } from "./list.js";
import { lockedView } from "./locked.js";
import * as notices from "./notices.js";
import { WAITING, discard, keep, unsent } from "./outbox.js";
import * as people from "./people.js";
import * as room from "./room.js";
import * as sync from "./sync.js";
import { unsentView } from "./unsent.js";
import { SEALED, hasPassphrase, lies } from "./vault.js";
import { SIGN_IN, wanted } from "./wanted.js";
import { LANGUAGE, say } from "./words.js";

const EVERY_MS = 30_000;
// So long a start waits for the hub before it asks for the passphrase.
const START_MS = 1_500;
const VIEW = document.getElementById("view");
const LEAVE = document.getElementById("leave");

const app = {
  person: null,
  /** Where the person's things lie: `{user, database, safe}`. */
  place: null,
  /** Whether they are open to this page. */
  open: false,
  /** The place the hub is being asked for the key of. */
  unlocking: null,
  passphrase: false,
  inspections: [],
  entries: [],
  photos: new Map(),
  madeAt: null,
  language: null,
  busy: null,
  again: false,
  asked: false,
  end: null,
  session: null,
  trouble: null,
  lasting: true,
  others: [],
  view: null,
  /** What the address names: an inspection, or the entries not sent. */
  at: null,
  since: 0,
  keep: keepDeed,
  round,
  goto: (hash) => {
    location.hash = hash;
  },
  chosen: async () => {
    await reread();
    route();
    document.getElementById("notices").scrollIntoView({ block: "nearest" });
  },
  discard: async (entry) => {
    await discard(app.place.database, entry.number);
    await reread();
    route();
  },
};

/** Keep what was done: true once it is on disk; otherwise the page says that it is not. */
async function keepDeed(inspection, deed, photo) {
  try {
    await keep(app.place, inspection, deed, spent(), photo);
    app.trouble = null;
  } catch (error) {
    app.trouble = room.full(error) ? "full" : "not-kept";
  }
  await reread();
  app.view?.refresh?.();
  show();
  if (app.trouble) document.getElementById("notices").scrollIntoView({ block: "nearest" });
  else round();
  return app.trouble === null;
}

// Whole seconds since the last deed, or since the form was opened.
function spent() {
  const now = performance.now();
  const seconds = Math.min(86_400, Math.max(0, Math.round((now - app.since) / 1000)));
  app.since = now;
  return seconds;
}

async function reread() {
  const { place } = app;
  app.entries = await kept.entries(place);
  app.inspections = await kept.inspections(place);
  app.photos = await kept.photos(place, app.photos);
  app.passphrase = await hasPassphrase(place.database);
  const download = await current(place.database);
  app.madeAt = download.made_at;
  app.language = download.language;
}

/** Send what waits, then fetch what is new: after sending, when asked, and when nothing was ever fetched. */
async function round(asked = false) {
  if (!app.place) return;
  if (app.busy !== null) {
    // The network may have come back while a round still ran without it, and what was asked for is not forgotten.
    app.again = true;
    app.asked ||= asked;
    return;
  }
  if (!app.open) return unlock();
  const { person, place, madeAt: madeBefore, language: spoken } = app;
  app.busy = app.entries.filter((entry) => entry.state === WAITING).length;
  const had = app.busy > 0;
  app.again = false;
  show();
  try {
    // What an edition before this one left here is sealed as soon as there is a key.
    if (!place.safe) await fromHub(place, person);
    const { end, session } = await sync.send(place, person, (count) => {
      app.busy = count;
      show();
    });
    app.end = end;
    app.session = session;
    if (end === sync.SENT && !place.safe) app.end = sync.FAILED;
    else if (end === sync.SENT && (had || asked || app.language !== LANGUAGE)) {
      const status = await fetchAll(place, person, session.csrf);
      if (status !== 200) app.end = status === 0 ? sync.NO_NETWORK : sync.FAILED;
    }
  } catch (error) {
    app.trouble = room.full(error) ? "full" : "not-kept";
  }
  app.busy = null;
  if (app.place !== place) return;
  await reread();
  const more = app.entries.some((entry) => entry.state === WAITING);
  // A form stays as it is and is brought up to date; everything else is built anew.
  if (app.view?.refresh && app.language === spoken) app.view.refresh();
  else if (asked || had || app.madeAt !== madeBefore || app.language !== spoken) route();
  show();
  // What was done while the round ran goes in the next one.
  const askedMeanwhile = app.asked;
  app.asked = false;
  if (app.again || (more && app.end === sync.SENT)) await round(askedMeanwhile);
}

function show() {
  LEAVE.hidden = app.person === null;
  document.getElementById("person").textContent = app.person?.name ?? "";
  if (app.person && app.open) showBar(app.entries, app.busy, app.end);
  notices.show(wanted(app, enter));
}

function route() {
  if (!app.open) return;
  const [, place = "", key = ""] = location.hash.split("/");
  const before = { place: app.at, y: window.scrollY };
  if (app.at !== place) app.since = performance.now();
  app.at = place;
  const inspection = app.inspections.find((one) => String(one.id) === place);
  if (place === "unsent") app.view = { root: unsentView(app) };
  else if (inspection) app.view = formView(app, inspection);
  else app.view = { root: listView(app) };
  VIEW.replaceChildren(app.view.root);
  if (key) document.getElementById(key)?.scrollIntoView();
  else if (before.place === place) window.scrollTo(0, before.y);
  else window.scrollTo(0, 0);
}

// A link to a line of the form that is open moves there, and builds nothing anew.
function followed() {
  const [, place = "", key = ""] = location.hash.split("/");
  if (key && place === app.at) document.getElementById(key)?.scrollIntoView();
  else route();
}

async function enter(person) {
  app.place?.database.close();
  people.enter(person);
  const place = { user: person.id, database: await open(person.id), safe: null };
  Object.assign(app, { person: { id: person.id, name: person.name }, place, open: false, end: null, photos: new Map() });
  app.others = await ofOthers(app.person);
  await unlock();
}

/** Open what lies here with the key the hub gives its signed-in person; without it the page asks for the passphrase. */
async function unlock() {
  const { place, person } = app;
  if (app.unlocking === place) return;
  app.unlocking = place;
  const asking = fromHub(place, person).then(({ end, session }) => {
    if (app.place !== place || app.open) return;
    Object.assign(app, { end, session });
  });
  const sealed = (await lies(place.database)) === SEALED;
  await Promise.race([asking, pause(START_MS)]);
  if (app.place !== place || app.open) return;
  if (place.safe || !sealed) return opened();
  document.getElementById("outbox").hidden = true;
  if (!VIEW.querySelector("[data-part=words]")) {
    VIEW.replaceChildren(await lockedView(app, await unsent(place.database), opened));
  }
  show();
  // The hub may still answer.
  await asking;
  app.unlocking = null;
  if (app.place !== place || app.open) return;
  if (place.safe) await opened();
  else show();
}

async function opened() {
  Object.assign(app, { open: true, unlocking: null });
  await reread();
  route();
  show();
  await round();
  app.lasting = await room.lasting();
  show();
}

async function goOut() {
  const left = await unsent(app.place.database);
  if (left > 0 && !confirm(say("leave-ask", { n: left }))) return;
  const out = await leave(app.place.database, app.person);
  Object.assign(app, { person: null, place: null, open: false, inspections: [], entries: [], photos: new Map() });
  Object.assign(app, { view: null, end: null });
  document.getElementById("outbox").hidden = true;
  VIEW.replaceChildren();
  show();
  if (out) location.assign("/sign-in");
  else notices.show([{ name: "out", kind: "degraded" }]);
}

/** The worker asks for a chart this page can open. */
async function handOut({ data, ports }) {
  ports[0].postMessage(await kept.chart(app.place, data.chart).catch(() => null));
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function begin() {
  // So that the worker opens the app in this language when its address names none.
  if (window.caches) await (await caches.open("waystation-choice")).put("/language", new Response(LANGUAGE));
  if (navigator.serviceWorker) {
    const scope = document.body.dataset.scope;
    navigator.serviceWorker.addEventListener("message", handOut);
    navigator.serviceWorker.register(`${scope}/worker.js`, { scope, updateViaCache: "none" }).catch(() => {});
  }
  onSend(() => round());
  LEAVE.addEventListener("click", goOut);
  window.addEventListener("hashchange", followed);
  window.addEventListener("online", () => round());
  window.addEventListener("offline", show);
  document.addEventListener("visibilitychange", () => document.hidden || round());
  setInterval(() => (!app.open || app.entries.some((entry) => entry.state === WAITING)) && round(), EVERY_MS);
  const last = people.last();
  if (last) return enter(last);
  if (!(await finishLeaving())) {
    VIEW.replaceChildren();
    return notices.show([{ name: "out", kind: "degraded" }]);
  }
  const { status, body } = await hub.session();
  if (status === 200) return enter(body);
  VIEW.replaceChildren();
  const link = status === 0 ? null : SIGN_IN;
  notices.show([{ name: status === 0 ? "first" : "sign-in-needed", kind: "degraded", link }]);
}

await begin();
