// What the person must know now.

import * as sync from "./sync.js";

export const SIGN_IN = { name: "sign-in-link", href: `/sign-in?onward=${document.body.dataset.scope}` };

/** The notices as `notices.show` takes them; `enter(person)` makes the device another person's. */
export function wanted(app, enter) {
  const found = [];
  if (app.trouble) found.push({ name: app.trouble, kind: "down" });
  if (app.person && app.end === sync.SIGNED_OUT) found.push({ name: "sign-in", kind: "degraded", link: SIGN_IN });
  if (app.end === sync.SOMEBODY_ELSE) {
    const places = { name: app.person.name, other: app.session.name };
    const link = { name: "switch-link", click: () => enter(app.session) };
    found.push({ name: "other", kind: "degraded", places, link });
  }
  if (app.open && !app.place.safe && app.inspections.length) found.push({ name: "bare", kind: "degraded" });
  if (app.end === sync.FORBIDDEN) found.push({ name: "forbidden", kind: "down" });
  if (!app.lasting && app.entries.length) found.push({ name: "fleeting", kind: "degraded" });
  for (const { name, count } of app.others) found.push({ name: "left", places: { name, n: count } });
  return found;
}
