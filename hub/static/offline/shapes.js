// State is always word, shape and colour.

import { part, piece, say } from "./words.js";

const LOOKS = { works: "ok", partly: "degraded", no: "down", not_tested: "unknown" };
const LEVELS = ["ok", "degraded", "down"];

/** A state word: `state` is ok, degraded, down or unknown. */
export function state(name, text) {
  const made = piece(`state-${name}`);
  part(made, "text").textContent = text;
  return made;
}

/** What the inspector saw. */
export function seen(look) {
  return state(LOOKS[look], say(`look-${look}`));
}

/** Points of a line; null: not applicable. */
export function level(line, points) {
  if (points === null) return state("unknown", say("not-applicable"));
  return state(LEVELS[line.points.indexOf(points)] ?? "unknown", say("points", { n: points }));
}
