// What the person must know, at the top, each said once.

import { piece, put, say } from "./words.js";

const PLACE = document.getElementById("notices");

/** Show the notices: `[{name, kind, places, link}]`; `kind` is down, degraded or nothing. */
export function show(notices) {
  PLACE.replaceChildren(...notices.map(made));
}

function made({ name, kind, places = {}, link = null }) {
  const root = piece("notice");
  if (kind) root.classList.add(`notice-${kind}`);
  if (kind === "down") root.setAttribute("role", "alert");
  put(root, "title", say(`${name}-title`, places));
  put(root, "text", say(`${name}-text`, places));
  const place = put(root, "link", link ? say(link.name, places) : null);
  if (link?.href) place.href = link.href;
  if (link?.click) {
    place.href = "#/";
    place.addEventListener("click", (event) => {
      event.preventDefault();
      link.click();
    });
  }
  return root;
}
