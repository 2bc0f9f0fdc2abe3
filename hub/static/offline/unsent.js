// Everything the hub has not taken, with the reason where it said one. Nothing leaves this list by itself but by arriving.

import { APPLIED, WAITING, copied } from "./outbox.js";
import { level, seen, state } from "./shapes.js";
import { moment, part, piece, put, say } from "./words.js";

const STATES = { waiting: "unknown", conflict: "degraded", refused: "down" };

export function unsentView(app) {
  const root = piece("unsent");
  const open = app.entries.filter((entry) => entry.state !== APPLIED);
  put(root, "saved", open.length ? say("oldest", { at: moment(open[0].done_at) }) : null);
  part(root, "rows").replaceChildren(...open.map((entry) => row(app, entry)));
  part(root, "empty").hidden = open.length > 0;
  return root;
}

function row(app, entry) {
  const root = piece("entry");
  const inspection = app.inspections.find((one) => one.id === entry.inspection);
  const line = inspection?.sections.flatMap((section) => section.lines).find((one) => one.key === entry.key);
  part(root, "what").replaceChildren(say(`what-${entry.deed.what}`), " ", ...detail(entry.deed, line));
  const where = [inspection?.station.name ?? say("number", { n: entry.inspection }), line?.text];
  put(root, "where", where.filter(Boolean).join(" · "));
  put(root, "when", say("kept", { at: moment(entry.done_at) }));
  put(root, "digest", `SHA-256 ${entry.sha256.slice(0, 12)}`);
  put(root, "why", entry.why ? say("why", { why: entry.why }) : null);
  part(root, "state").replaceChildren(state(STATES[entry.state], say(`state-${entry.state}`)));
  root.classList.add(`is-${STATES[entry.state]}`);
  const settled = entry.state !== WAITING;
  const copy = part(root, "copy");
  copy.hidden = !settled;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copied(entry));
    copy.textContent = say("copied");
  });
  const discard = part(root, "discard");
  discard.hidden = !settled;
  discard.addEventListener("click", () => {
    if (confirm(say("discard-ask"))) app.discard(entry);
  });
  return root;
}

function detail(deed, line) {
  if (deed.what === "look") return [seen(deed.look)];
  if (deed.what === "decide" && line) return [level(line, deed.points), deed.note ? ` ${deed.note}` : ""];
  if (deed.what === "mark") return [deed.wanted ? "☑" : "☐"];
  if (deed.name || deed.why || deed.text) return [[deed.name, deed.why, deed.text].filter(Boolean).join(" · ")];
  return [];
}
