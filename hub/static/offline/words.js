// The words of the app stand in its page, translated with all others; scripts have none of their own.

const WORDS = document.getElementById("words").content;
export const LANGUAGE = document.documentElement.lang === "en" ? "en" : "zh";
const MOMENT = new Intl.DateTimeFormat(LANGUAGE === "en" ? "en-GB" : "zh-CN", {
  timeZone: "Asia/Shanghai",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});

/** The text of this name, with its `{places}` filled. */
export function say(name, places = {}) {
  const found = WORDS.querySelector(`[data-word="${name}"]`);
  const text = found ? found.textContent.trim() : name;
  return text.replace(/\{(\w+)\}/g, (whole, place) => (place in places ? String(places[place]) : whole));
}

/** An instant (ISO 8601) as people read it, in Shanghai's time. */
export function moment(at) {
  return at ? MOMENT.format(new Date(at)) : "–";
}

/** A copy of the page's template of this name. */
export function piece(name) {
  return document.getElementById(`piece-${name}`).content.firstElementChild.cloneNode(true);
}

/** The part of a piece that is marked so. */
export function part(root, name) {
  return root.matches(`[data-part="${name}"]`) ? root : root.querySelector(`[data-part="${name}"]`);
}

/** Put text into a part; a part without text is not shown. */
export function put(root, name, text) {
  const place = part(root, name);
  place.textContent = text ?? "";
  place.hidden = text === null || text === undefined || text === "";
  return place;
}
