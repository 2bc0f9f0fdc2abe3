// One line of the form: built once, then kept up to date in place, so that focus and what is typed stay.

import { draw, taken } from "./camera.js";
import { lacksEvidence, mayDecide, seenProposed } from "./replay.js";
import { level, seen, state } from "./shapes.js";
import { testForm } from "./test.js";
import { moment, part, piece, put, say } from "./words.js";

/** The card of a line. `act(deed, photo)` keeps a deed; resolves to false where it could not be kept. */
export function card(line, inspection, act) {
  const root = piece("line");
  root.id = line.key;
  const title = put(root, "text", line.text);
  title.id = `t-${line.key}`;
  root.setAttribute("aria-labelledby", title.id);
  for (const [field, label] of [["reason", "reason-label"], ["note", "note-label"]]) {
    part(root, field).id = `${field}-${line.key}`;
    part(root, label).htmlFor = `${field}-${line.key}`;
  }
  part(root, "note").value = line.note ?? "";
  if (line.reason) part(root, "reason").value = line.reason;

  for (const button of root.querySelectorAll("[data-look]")) {
    button.addEventListener("click", () => act({ what: "look", key: line.key, look: button.dataset.look }));
  }
  part(root, "reveal-button").addEventListener("click", async () => {
    await act({ what: "reveal", key: line.key, seal: line.proposal.seal });
    part(root, "proposal").focus();
  });
  for (const points of [...line.points, ...(line.may_skip ? [null] : [])]) {
    part(root, "choices").append(choice(root, line, points, act));
  }
  part(root, "camera").addEventListener("change", (event) => shoot(root, event.target, line, inspection, act));
  part(root, "after-look").append(
    ...line.after_look.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
  );
  if (line.test_fields.length) testForm(root, line, act);
  return root;
}

function choice(root, line, points, act) {
  const button = document.createElement("button");
  button.className = "choice";
  button.dataset.points = points ?? "none";
  button.append(level(line, points));
  const hint = document.createElement("small");
  button.append(hint);
  button.addEventListener("click", () => {
    const note = part(root, "note").value.trim();
    // Always with the chosen reason: a test made here may change the proposal, and then the hub asks for it.
    const reason = line.by_hand ? null : part(root, "reason").value;
    act({ what: "decide", key: line.key, points, reason, note });
  });
  return button;
}

async function shoot(root, input, line, inspection, act) {
  const [file] = input.files;
  if (!file) return;
  const photo = await taken(file, inspection, line.key);
  input.value = "";
  put(root, "refused", photo ? null : say("photo-large"));
  if (photo) await act({ what: "photo", key: line.key, photo: photo.id, sha256: photo.sha256 }, photo);
}

/** Show the line as it stands. `photos`: this device's, by id; `second`: the hub keeps another answer beside ours. */
export function update(root, line, { photos, second, closed, problem }) {
  root.className = `card line stack step-${line.step}`;
  part(root, "points").replaceChildren(
    line.step === "decided" ? level(line, line.given) : state("unknown", say("not-decided")),
  );
  put(root, "refused", problem ?? null);
  put(root, "second", second ? say("second") : null);
  updateLook(root, line, closed);
  const revealed = Boolean(line.revealed_at) && line.proposal !== null;
  part(root, "after-look").hidden = !line.look || !line.after_look.length;
  const proposal = part(root, "proposal");
  part(root, "reveal").hidden = closed || line.by_hand || line.blind || !line.look || Boolean(line.revealed_at);
  part(root, "blind").hidden = !(line.blind && line.look);
  proposal.hidden = !revealed;
  // Made by the hub from the same pieces as its own form, with everything in it escaped there.
  if (revealed && !proposal.childElementCount) proposal.innerHTML = line.proposal.html;
  part(root, "test").hidden = closed || !line.test_fields.length || !line.look || Boolean(line.tested_at);
  put(root, "tested", line.tested_at ? say("tested") : null);
  updateDecide(root, line, closed || !mayDecide(line));
  part(root, "shot").hidden = closed || (!line.by_hand && !line.look);
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
