// The end of a form: the head's remark, signatures, submitting.

import { sha256 } from "./digest.js";
import { pad } from "./pad.js";
import { moment, part, piece, put, say } from "./words.js";

const SIGNERS = ["inspector", "head"];

export function closing(inspection, act) {
  const root = piece("closing");
  part(root, "remark").value = inspection.remark ?? "";
  part(root, "keep-remark").addEventListener("click", () => act({ what: "remark", text: part(root, "remark").value }));
  const signatures = SIGNERS.map((signer) => signature(inspection, signer, act));
  part(root, "signatures").append(...signatures.map((one) => one.root));
  put(root, "sum", inspection.total_text);
  const submit = part(root, "submit");
  submit.addEventListener("click", () => act({ what: "submit" }));

  function update(inspection, own, sum, bare, submitted, closed, last) {
    const remark = own.findLast((entry) => entry.deed.what === "remark");
    if (remark && document.activeElement !== part(root, "remark")) part(root, "remark").value = remark.deed.text;
    put(root, "remark-kept", remark ? say("kept", { at: moment(remark.done_at) }) : null);
    for (const control of [part(root, "remark"), part(root, "keep-remark")]) control.disabled = closed;
    for (const one of signatures) one.update(inspection, own, closed);
    put(root, "grand", `${sum.points} ${say("of", { n: sum.highest })}`);
    const open = sum.items - sum.decided;
    const unsigned = SIGNERS.filter((signer) => !signed(inspection, signer, own));
    const missing = [];
    if (open) missing.push(say("open-lines", { n: open }));
    if (bare.length) missing.push(say("missing-evidence", { items: bare.map((line) => line.text).join("; ") }));
    if (unsigned.length) missing.push(say("missing-signature", { who: unsigned.map((signer) => say(signer)).join(", ") }));
    put(root, "open", closed ? null : missing.join(" · "));
    submit.hidden = closed || missing.length > 0;
    const hint = submitted ? say("submit-waiting", { at: moment(submitted.done_at) }) : say(open ? "submit-open" : "submit-final");
    put(root, "submitted", hint);
    put(root, "refused", last && !submitted ? last.why : null);
  }

  return { root, update };
}

function signed(inspection, signer, own) {
  return own.some(({ deed }) => deed.signer === signer) || Boolean(inspection.signatures[signer]);
}

function signature(inspection, signer, act) {
  const root = piece("signature");
  put(root, "who", say(signer));
  for (const [field, label] of [["name", "name-label"], ["why", "why-label"]]) {
    part(root, field).id = `${field}-${signer}`;
    part(root, label).htmlFor = `${field}-${signer}`;
  }
  part(root, "refusing").hidden = signer !== "head";
  const box = pad(part(root, "pad"));
  part(root, "clear").addEventListener("click", () => box.clear());
  root.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = part(root, "name").value.trim();
    put(root, "problem", name ? null : say("name-missing"));
    if (!name) return part(root, "name").focus();
    const drawing = box.drawn() ? await asPhoto(await box.png(), inspection.id) : null;
    const photo = drawing ? { photo: drawing.id, sha256: drawing.sha256 } : { photo: null, sha256: null };
    await act({ what: "sign", signer, name, ...photo }, drawing);
  });
  part(root, "refuse").addEventListener("click", () => {
    const why = part(root, "why").value.trim();
    put(root, "problem", why ? null : say("why-missing"));
    if (why) act({ what: "refuse_to_sign", signer, name: part(root, "name").value.trim(), why });
    else part(root, "why").focus();
  });

  function update(inspection, own, closed) {
    const mine = own.findLast((entry) => ["sign", "refuse_to_sign"].includes(entry.deed.what) && entry.deed.signer === signer);
    put(root, "kept", mine ? said(mine) : (inspection.signatures[signer] ?? null));
    for (const control of root.querySelectorAll("input, button")) control.disabled = closed;
  }

  return { root, update };
}

function said({ deed, done_at }) {
  const at = moment(done_at);
  return deed.what === "sign" ? say("signed", { name: deed.name, at }) : say("refused-to-sign", { why: deed.why, at });
}

async function asPhoto(content, inspection) {
  const id = crypto.randomUUID();
  return { id, inspection, key: null, content, sha256: await sha256(content), taken_at: new Date().toISOString(), sent: false };
}
