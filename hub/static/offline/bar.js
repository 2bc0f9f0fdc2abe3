// The bar that always says what is not sent: how many, since when, and what stands in the way.

import { APPLIED, WAITING } from "./outbox.js";
import { state } from "./shapes.js";
import * as sync from "./sync.js";
import { moment, say } from "./words.js";

const BAR = document.getElementById("outbox");
const STATE = document.getElementById("outbox-state");
const LINK = document.getElementById("outbox-link");
const SEND = document.getElementById("send");

export function onSend(send) {
  SEND.addEventListener("click", send);
}

/** `busy`: entries still to go in the round that runs, null where none does; `end`: how the last round ended. */
export function showBar(entries, busy, end) {
  const open = entries.filter((entry) => entry.state !== APPLIED);
  const waiting = open.filter((entry) => entry.state === WAITING);
  const stuck = open.length - waiting.length;
  BAR.hidden = false;
  LINK.hidden = open.length === 0;
  const away = end === sync.NO_NETWORK || !navigator.onLine;
  SEND.hidden = waiting.length === 0 || (away && !navigator.onLine);
  SEND.disabled = busy !== null;
  const said = [];
  if (waiting.length === 0 && stuck === 0) said.push(state("ok", say("all-sent")));
  if (waiting.length > 0 && busy !== null) said.push(state("unknown", say("sending", { n: busy })));
  else if (waiting.length > 0) {
    said.push(state("unknown", say("unsent", { n: waiting.length, at: moment(waiting.at(-1).done_at) })));
  }
  if (stuck > 0) said.push(state("degraded", say("attention", { n: stuck })));
  const why = away ? "no-network" : end === sync.FAILED ? "failed" : null;
  if (why && busy === null) said.push(state(why === "failed" ? "degraded" : "unknown", say(why)));
  // Only what changed is read out.
  const before = STATE.textContent;
  const made = document.createElement("span");
  made.append(...said);
  if (made.textContent !== before) STATE.replaceChildren(...said);
}
