// One line of the form.

import { draw, taken } from "./camera.js";
import { lacksEvidence, mayDecide, mayMark, mayReveal, seenProposed } from "./replay.js";
import { level, seen, state } from "./shapes.js";
import { testForm } from "./test.js";
import { moment, part, piece, put, say } from "./words.js";

/**
 * The card of a line: `{root, update(line, around)}`. `act(deed, photo)` keeps a deed.
 *
 * Built once and kept up to date in place: a download in the middle of typing changes no word that is being typed.
 */
export function card(first, inspection, act) {
  const root = piece("line");
  const { key } = first;
  let current = first;
  let html = null;
  root.id = key;
  const title = put(root, "text", first.text);
  title.id = `t-${key}`;
  root.setAttribute("aria-labelledby", title.id);
  for (const field of ["reason", "note"]) {
    part(root, field).id = `${field}-${key}`;
    part(root, `${field}-label`).htmlFor = `${field}-${key}`;
  }
  part(root, "note").value = first.note ?? "";
  if (first.reason) part(root, "reason").value = first.reason;

  for (const button of root.querySelectorAll("[data-look]")) {
    button.addEventListener("click", () => act({ what: "look", key, look: button.dataset.look }));
  }
  part(root, "reveal-button").addEventListener("click", async () => {
    await act({ what: "reveal", key, seal: current.proposal.seal });
    part(root, "proposal").focus();
  });
  const decide = (points) => {
    const note = part(root, "note").value.trim();
    // Always with the chosen reason: a test made here may change the proposal, and then the hub asks for it.
    const reason = current.by_hand ? null : part(root, "reason").value;
    act({ what: "decide", key, points, reason, note });
  };
  for (const points of [...first.points, ...(first.may_skip ? [null] : [])]) {
    part(root, "choices").append(choice(first, points, decide));
  }
  part(root, "keep-note").addEventListener("click", () => decide(current.given));
  part(root, "mark").addEventListener("change", ({ target }) => act({ what: "mark", key, wanted: target.checked }));
  part(root, "camera").addEventListener("change", (event) => shoot(root, event.target, key, inspection, act));
  if (first.test_fields.length) testForm(root, first, act);

  function update(line, around) {
    current = line;
    show(root, line, around);
    const shown = Boolean(line.revealed_at) && line.proposal !== null;
    part(root, "proposal").hidden = !shown;
    if (!shown || html === line.proposal.html) return;
    // Made by the hub from the same pieces as its own form, with everything in it escaped there.
    html = line.proposal.html;
    part(root, "proposal").innerHTML = html;
  }

  return { root, update };
}

function choice(line, points, decide) {
  const button = document.createElement("button");
  button.className = "choice";
  button.dataset.points = points ?? "none";
  button.append(level(line, points), document.createElement("small"));
  button.addEventListener("click", () => decide(points));
  return button;
}

async function shoot(root, input, key, inspection, act) {
  const [file] = input.files;
  if (!file) return;
  const photo = await taken(file, inspection, key);
  input.value = "";
  put(root, "refused", photo ? null : say("photo-large"));
  if (photo) await act({ what: "photo", key, photo: photo.id, sha256: photo.sha256 }, photo);
}

// `photos`: this device's, by id; `second`: the hub keeps another answer beside ours; `problem`: why one was refused.
function show(root, line, { photos, second, closed, problem }) {
  root.className = `card line stack step-${line.step}${lacksEvidence(line) ? " lacking" : ""}`;
  part(root, "points").replaceChildren(
    line.step === "decided" ? level(line, line.given) : state("unknown", say("not-decided")),
  );
  put(root, "refused", problem ?? null);
  put(root, "second", second ? say("second") : null);
  updateLook(root, line, closed);
  part(root, "reveal").hidden = closed || !mayReveal(line);
  part(root, "blind").hidden = !(line.blind && line.look);
  const before = line.after_look.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
  part(root, "after-look").replaceChildren(...before);
  part(root, "after-look").hidden = !before.length || !(line.look || line.decided);
  part(root, "test").hidden = closed || !line.test_fields.length || !line.look || Boolean(line.tested_at);
  put(root, "tested", line.tested_at ? say("tested") : null);
  updateDecide(root, line, closed || !mayDecide(line));
  part(root, "finding").hidden = !mayMark(line);
  Object.assign(part(root, "mark"), { checked: Boolean(line.marked), disabled: closed });
  part(root, "shot").hidden = closed;
  updatePhotos(root, line.photos, photos);
  put(root, "decided", line.step === "decided" ? decided(line) : null);
  put(root, "waiting", line.waiting ? say("unsent-short", { n: line.waiting }) : null);
}

function updateLook(root, line, closed) {
  const place = part(root, "seen");
  place.hidden = !line.look;
  if (line.look) place.replaceChildren(`${say("seen")} `, seen(line.look), ` ${moment(line.looked_at)}`);
  part(root, "look").hidden = closed || line.by_hand || Boolean(line.revealed_at) || line.step === "decided";
  put(root, "look-legend", say(line.look ? "look-again" : "look-first"));
  for (const button of root.querySelectorAll("[data-look]")) press(button, button.dataset.look === line.look);
}

function updateDecide(root, line, hidden) {
  part(root, "decide").hidden = hidden;
  put(root, "decide-legend", say(line.step === "decided" ? "decide-again" : "decide"));
  const proposed = seenProposed(line);
  part(root, "needs").hidden = !lacksEvidence(line);
  if (line.note || lacksEvidence(line)) part(root, "note-box").open = true;
  part(root, "keep-note").hidden = line.step !== "decided";
  part(root, "reason-field").hidden = proposed === null && !line.tested_at;
  for (const button of part(root, "choices").children) {
    const points = button.dataset.points === "none" ? null : Number(button.dataset.points);
    press(button, line.step === "decided" && points === line.given);
    button.lastElementChild.textContent = proposed === null ? "" : say(points === proposed ? "confirm" : "override");
  }
}

function press(button, chosen) {
  button.classList.toggle("chosen", chosen);
  button.setAttribute("aria-pressed", String(chosen));
}

function decided(line) {
  const differs = seenProposed(line) !== null && seenProposed(line) !== line.given;
  const reason = differs && line.reason ? ` · ${say(`reason-${line.reason}`)}` : "";
  return `${moment(line.decided_at)}${reason}${line.note ? ` · ${line.note}` : ""}`;
}

function updatePhotos(root, shown, photos) {
  const place = part(root, "photos");
  const wanted = new Set(shown.map(({ id }) => id));
  // What was this device's has another number once the hub has it.
  for (const figure of [...place.children]) if (!wanted.has(figure.dataset.photo)) figure.remove();
  const there = new Set([...place.children].map((figure) => figure.dataset.photo));
  for (const { id } of shown) {
    if (there.has(id)) continue;
    const figure = piece("photo");
    figure.dataset.photo = id;
    const kept = photos.get(id);
    put(figure, "text", kept ? say("photo-of", { at: moment(kept.taken_at) }) : say("photo-sent"));
    const canvas = figure.querySelector("canvas");
    canvas.setAttribute("aria-label", part(figure, "text").textContent);
    if (kept) draw(canvas, kept.content);
    else canvas.hidden = true;
    place.append(figure);
  }
}
