// Choosing the passphrase for starts without a network: asked for until there is one, then put aside.

import { choose } from "./key.js";
import { SHORTEST } from "./vault.js";
import { part, piece, put, say } from "./words.js";

/** The form; `chosen`: there is one, and this changes it. `kept` is called once it lies here. */
export function passphraseForm(app, chosen, kept) {
  const root = piece(chosen ? "passphrase-again" : "passphrase");
  const [first, second] = [part(root, "words"), part(root, "again")];
  const button = part(root, "keep");
  part(root, "form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = problem(first.value, second.value);
    put(root, "problem", wrong && say(wrong, { n: SHORTEST }));
    for (const field of [first, second]) field.toggleAttribute("aria-invalid", Boolean(wrong));
    if (wrong) return (wrong === "words-differ" ? second : first).focus();
    button.disabled = true;
    const done = await choose(app.place, app.person, first.value).catch(() => false);
    button.disabled = false;
    if (done) return kept();
    put(root, "problem", say("words-not-kept"));
  });
  return root;
}

function problem(first, second) {
  if ([...first].length < SHORTEST) return "words-short";
  return first === second ? null : "words-differ";
}
