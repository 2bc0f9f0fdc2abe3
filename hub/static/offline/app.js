// The app: whose device it is, what is shown, and when to send.

import { onSend, showBar } from "./bar.js";
import { all, open } from "./database.js";
import { current, fetchAll } from "./download.js";
import { formView } from "./form.js";
import * as hub from "./hub.js";
import { finishLeaving, leave, ofOthers } from "./leaving.js";
import { listView } from "./list.js";
import * as notices from "./notices.js";
import { WAITING, discard, entries, keep, unsent } from "./outbox.js";
import * as people from "./people.js";
import * as room from "./room.js";
import * as sync from "./sync.js";
import { unsentView } from "./unsent.js";
import { LANGUAGE, say } from "./words.js";

const EVERY_MS = 30_000;
const VIEW = document.getElementById("view");
const LEAVE = document.getElementById("leave");
const SIGN_IN = { name: "sign-in-link", href: `/sign-in?onward=${document.body.dataset.scope}` };

const app = {
  person: null,
  database: null,
  inspections: [],
  entries: [],
  photos: new Map(),
  madeAt: null,
  language: null,
  busy: null,
  end: null,
  session: null,
  trouble: null,
  lasting: true,
  others: [],
  view: null,
  since: 0,
  keep: keepDeed,
  round,
  goto: (hash) => {
    location.hash = hash;
  },
  discard: async (entry) => {
    await discard(app.database, entry.number);
    await reread();
    route();
  },
};

/** Keep what was done: true once it is on disk; otherwise the page says that it is not. */
async function keepDeed(inspection, deed, photo) {
  try {
    await keep(app.database, app.person.id, inspection, deed, spent(), photo);
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
  app.entries = await entries(app.database);
  app.inspections = await all(app.database, "inspections");
  app.photos = new Map((await all(app.database, "photos")).map((photo) => [photo.id, photo]));
  const download = await current(app.database);
  app.madeAt = download.made_at;
  app.language = download.language;
}

/** Send what waits, then fetch what is new: after sending, when asked, and when nothing was ever fetched. */
async function round(asked = false) {
  if (!app.database || app.busy !== null) return;
  const { person, database, madeAt: madeBefore, language: spoken } = app;
  app.busy = app.entries.filter((entry) => entry.state === WAITING).length;
  const had = app.busy > 0;
  show();
  try {
    const { end, session } = await sync.send(database, person, (count) => {
      app.busy = count;
      show();
    });
    app.end = end;
    app.session = session;
    if (end === sync.SENT && (had || asked || app.language !== LANGUAGE)) {
      const status = await fetchAll(database, person, session.csrf);
      if (status !== 200) app.end = status === 0 ? sync.NO_NETWORK : sync.FAILED;
    }
  } catch (error) {
    app.trouble = room.full(error) ? "full" : "not-kept";
  }
  app.busy = null;
  if (app.database !== database) return;
  await reread();
  const more = app.entries.some((entry) => entry.state === WAITING);
  // A form stays as it is and is brought up to date; everything else is built anew.
  if (app.view?.refresh && app.language === spoken) app.view.refresh();
  else if (asked || had || app.madeAt !== madeBefore || app.language !== spoken) route();
  show();
  // What was done while the round ran goes in the next one.
  if (more && app.end === sync.SENT) await round();
}

function show() {
  LEAVE.hidden = app.person === null;
  document.getElementById("person").textContent = app.person?.name ?? "";
  if (app.person) showBar(app.entries, app.busy, app.end);
  notices.show(wanted());
}

function wanted() {
  const found = [];
  if (app.trouble) found.push({ name: app.trouble, kind: "down" });
  if (app.person && app.end === sync.SIGNED_OUT) found.push({ name: "sign-in", kind: "degraded", link: SIGN_IN });
  if (app.end === sync.SOMEBODY_ELSE) {
    const places = { name: app.person.name, other: app.session.name };
    const link = { name: "switch-link", click: () => enter(app.session) };
    found.push({ name: "other", kind: "degraded", places, link });
  }
  if (app.end === sync.FORBIDDEN) found.push({ name: "forbidden", kind: "down" });
  if (!app.lasting && app.entries.length) found.push({ name: "fleeting", kind: "degraded" });
  for (const { name, count } of app.others) found.push({ name: "left", places: { name, n: count } });
  return found;
}

function route() {
  const [, place = "", key = ""] = location.hash.split("/");
  const before = { place: app.place, y: window.scrollY };
  if (app.place !== place) app.since = performance.now();
  app.place = place;
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
  if (key && place === app.place) document.getElementById(key)?.scrollIntoView();
  else route();
}

async function enter(person) {
  app.database?.close();
  people.enter(person);
  app.person = { id: person.id, name: person.name };
  app.database = await open(person.id);
  app.end = null;
  app.others = await ofOthers(app.person);
  await reread();
  route();
  show();
  await round();
  app.lasting = await room.lasting();
  show();
}

async function goOut() {
  const left = await unsent(app.database);
  if (left > 0 && !confirm(say("leave-ask", { n: left }))) return;
  const out = await leave(app.database, app.person);
  Object.assign(app, { person: null, database: null, inspections: [], entries: [], view: null, end: null });
  document.getElementById("outbox").hidden = true;
  VIEW.replaceChildren();
  show();
  if (out) location.assign("/sign-in");
  else notices.show([{ name: "out", kind: "degraded" }]);
}

async function begin() {
  // So that the worker opens the app in this language when its address names none.
  if (window.caches) await (await caches.open("waystation-choice")).put("/language", new Response(LANGUAGE));
  if (navigator.serviceWorker) {
    const scope = document.body.dataset.scope;
    navigator.serviceWorker.register(`${scope}/worker.js`, { scope, updateViaCache: "none" }).catch(() => {});
  }
  onSend(() => round());
  LEAVE.addEventListener("click", goOut);
  window.addEventListener("hashchange", followed);
  window.addEventListener("online", () => round());
  window.addEventListener("offline", show);
  document.addEventListener("visibilitychange", () => document.hidden || round());
  setInterval(() => app.entries.some((entry) => entry.state === WAITING) && round(), EVERY_MS);
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
