// One form: its head, its lines, and what closes it.

import { closing } from "./closing.js";
import { card } from "./line.js";
import { laid, lacksEvidence, total } from "./replay.js";
import { moment, part, piece, put, say } from "./words.js";

const ARRIVALS = new Set(["arrive", "arrive_by_code"]);

/** The view of one inspection: `{root, refresh()}`. */
export function formView(app, first) {
  const { id } = first;
  const root = piece("form");
  put(root, "name", first.station.name);
  put(root, "title", first.title);
  put(root, "clause", first.clause);
  const facts = first.head.map(([label, value]) => fact(label, value));
  part(root, "head").replaceChildren(...facts);
  const act = (deed, photo = null) => app.keep(id, deed, photo);
  part(root, "arrive").addEventListener("click", () => arrive(root, act));

  part(root, "by-code").addEventListener("submit", (event) => {
    event.preventDefault();
    act({ what: "arrive_by_code", code: event.target.elements.code.value.toUpperCase() });
  });

  const cards = new Map();
  for (const section of first.sections) {
    const place = piece("section");
    const heading = put(place, "text", section.text);
    heading.id = `s-${section.key}`;
    place.setAttribute("aria-labelledby", heading.id);
    for (const line of section.lines) {
      const made = card(line, id, act);
      cards.set(line.key, made);
      part(place, "lines").append(made.root);
    }
    part(root, "sections").append(place);
  }
  const end = closing(first, act);
  part(root, "closing").append(end.root);

  function refresh() {
    const inspection = app.inspections.find((one) => one.id === id);
    if (!inspection) return app.goto("#/");
    put(root, "made", say("made", { at: moment(app.madeAt) }));
    const own = app.entries.filter((entry) => entry.inspection === id);
    const lines = inspection.sections.flatMap((section) => section.lines).map((line) => laid(line, own));
    const submitted = own.find((entry) => entry.deed.what === "submit" && live(entry)) ?? null;
    const closed = submitted !== null || inspection.submitted;
    for (const line of lines) {
      const mine = own.filter((entry) => entry.key === line.key);
      cards.get(line.key).update(line, {
        photos: app.photos,
        second: mine.some((entry) => entry.state === "conflict"),
        problem: mine.at(-1)?.state === "refused" ? mine.at(-1).why : null,
        closed,
      });
    }
    const sum = total(lines);
    put(root, "points", String(sum.points));
    put(root, "highest", say("of", { n: sum.highest }));
    put(root, "done", say("progress", { done: sum.decided, all: sum.items }));
    const open = lines.find((line) => line.step !== "decided" || lacksEvidence(line));
    const next = part(root, "next");
    next.hidden = !open;
    if (open) next.href = `#/${id}/${open.key}`;
    const arrived = own.findLast((entry) => ARRIVALS.has(entry.deed.what) && live(entry));
    put(root, "arrived", arrivedText(arrived, inspection));
    part(root, "arrive").hidden = closed || Boolean(arrived);
    part(root, "by-code").hidden = closed || Boolean(arrived);
    end.update(inspection, own.filter(live), sum, lines.filter(lacksEvidence), submitted, closed, own.findLast((entry) => entry.deed.what === "submit"));
  }

  refresh();
  return { root, refresh };
}

function live(entry) {
  return entry.state === "waiting" || entry.state === "applied";
}

function fact(label, value) {
  const place = document.createElement("div");
  place.append(Object.assign(document.createElement("dt"), { textContent: label }));
  place.append(Object.assign(document.createElement("dd"), { textContent: value || "–" }));
  return place;
}

function arrivedText(entry, inspection) {
  if (entry?.deed.what === "arrive_by_code") return say("code-kept", { at: moment(entry.done_at) });
  if (entry) return say("arrived", { n: Math.round(entry.deed.accuracy_m), at: moment(entry.done_at) });
  return inspection.presence ?? say("not-arrived");
}

function arrive(root, act) {
  const none = () => put(root, "arrived", say("no-place"));
  if (!navigator.geolocation) return none();
  navigator.geolocation.getCurrentPosition(
    ({ coords }) =>
      act({
        what: "arrive",
        latitude: coords.latitude,
        longitude: coords.longitude,
        accuracy_m: coords.accuracy,
      }),
    none,
    { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
  );
}
