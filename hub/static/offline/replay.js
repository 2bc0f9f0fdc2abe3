// A line as it stands with what was done here: the download, and this device's entries laid over it. Pure.

/** `line` with its entries (those the hub refused or keeps as a second answer are not laid over). */
export function laid(line, entries) {
  let shown = { ...line, waiting: 0, photos: [...(line.photos ?? [])] };
  for (const entry of entries) {
    if (entry.key !== line.key || !["waiting", "applied"].includes(entry.state)) continue;
    shown = after(shown, entry);
    if (entry.state === "waiting") shown.waiting += 1;
  }
  return { ...shown, step: step(shown) };
}

function after(line, { deed, done_at }) {
  switch (deed.what) {
    case "look":
      return { ...line, look: deed.look, looked_at: done_at };
    case "reveal":
      return { ...line, revealed_at: done_at };
    case "decide":
      return { ...line, decided: true, given: deed.points, decided_at: done_at, reason: deed.reason, note: deed.note };
    case "photo":
      return { ...line, photos: [...line.photos, { id: deed.photo, here: true }] };
    case "test":
      return { ...line, test: deed.figures, tested_at: done_at };
    case "mark":
      return { ...line, marked: deed.wanted };
    default:
      return line;
  }
}

function step(line) {
  if (line.decided) return "decided";
  if (line.revealed_at) return "revealed";
  return line.look ? "looked" : "open";
}

/** Whether there is a proposal to see, and it is its turn. */
export function mayReveal(line) {
  return Boolean(line.look) && !line.by_hand && !line.blind && line.proposal !== null && !line.revealed_at;
}

/** Whether the line may be decided now: own look and, where there is a proposal to see, the proposal come first. */
export function mayDecide(line) {
  if (line.by_hand) return true;
  return line.blind ? Boolean(line.look) : Boolean(line.revealed_at);
}

/** The points the inspector has seen proposed; null: none. */
export function seenProposed(line) {
  return line.blind || !line.proposal || !line.revealed_at ? null : line.proposal.points;
}

/** Whether its points need a photo and a note, and one of them is missing: the lowest, and more than proposed. */
export function lacksEvidence(line) {
  if (!line.decided || line.given === null) return false;
  const proposed = seenProposed(line);
  const raised = proposed !== null && line.given > proposed;
  return (line.given === Math.min(...line.points) || raised) && !(line.photos.length && line.note);
}

/** Whether its note may become a finding by a mark: the lowest points become one by themselves. */
export function mayMark(line) {
  const lowest = line.given !== null && line.given === Math.min(...line.points);
  return line.decided && Boolean(line.note) && !lowest;
}

function notApplicable(line) {
  return line.decided && line.given === null;
}

/** The points of a form so far: `{points, decided, items, highest}`; what does not apply could give none. */
export function total(lines) {
  const decided = lines.filter((line) => line.decided);
  return {
    points: decided.reduce((sum, line) => sum + (line.given ?? 0), 0),
    decided: decided.length,
    items: lines.length,
    highest: lines.reduce((sum, line) => sum + (notApplicable(line) ? 0 : Math.max(...line.points)), 0),
  };
}
