// The list of inspections on this device.

import { passphraseForm } from "./passphrase.js";
import { laid, total } from "./replay.js";
import { moment, part, piece, put, say } from "./words.js";

export function listView(app) {
  const root = piece("list");
  put(root, "made", app.madeAt ? say("made", { at: moment(app.madeAt) }) : say("never-made"));
  part(root, "download").addEventListener("click", () => app.round(true));
  const rows = app.inspections.map((inspection) => row(app, inspection));
  part(root, "rows").replaceChildren(...rows);
  part(root, "empty").hidden = rows.length > 0;
  const place = part(root, app.passphrase ? "passphrase-again" : "passphrase");
  if (app.place.safe) place.append(passphraseForm(app, app.passphrase, app.chosen));
  return root;
}

function row(app, inspection) {
  const root = piece("row");
  const link = put(root, "name", inspection.station.name);
  link.href = `#/${inspection.id}`;
  put(root, "number", say("number", { n: inspection.id }));
  put(root, "address", inspection.station.address);
  put(root, "due", inspection.due ? say("due", { day: inspection.due }) : null);
  const own = app.entries.filter((entry) => entry.inspection === inspection.id);
  const lines = inspection.sections.flatMap((section) => section.lines);
  const { decided, items } = total(lines.map((line) => laid(line, own)));
  put(root, "progress", say("progress", { done: decided, all: items }));
  const waiting = own.filter((entry) => entry.state === "waiting").length;
  put(root, "waiting", waiting ? say("unsent-short", { n: waiting }) : null);
  root.classList.add(decided === items ? "is-ok" : "is-unknown");
  return root;
}
