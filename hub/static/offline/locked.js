// What lies here is locked: the passphrase opens it, or signing in.

import { fromPassphrase } from "./key.js";
import * as sync from "./sync.js";
import { hasPassphrase } from "./vault.js";
import { part, piece, put, say } from "./words.js";

/** `count`: entries not sent; `opened` is called once the place is open. */
export async function lockedView(app, count, opened) {
  const root = piece("locked");
  const chosen = await hasPassphrase(app.place.database);
  put(root, "who", app.person.name);
  put(root, "count", count ? say("unsent-short", { n: count }) : null);
  put(root, "text", say(lead(app.end, chosen)));
  const form = part(root, "form");
  form.hidden = !chosen;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = part(root, "words");
    const button = part(root, "open");
    button.disabled = true;
    put(root, "problem", null);
    const right = await fromPassphrase(app.place, words.value).catch(() => false);
    button.disabled = false;
    if (right) return opened();
    put(root, "problem", say("words-wrong"));
    words.setAttribute("aria-invalid", "true");
    words.select();
  });
  return root;
}

function lead(end, chosen) {
  if (end === sync.OTHER_KEY) return chosen ? "locked-other-key" : "locked-lost";
  return chosen ? "locked-text" : "locked-no-words";
}
