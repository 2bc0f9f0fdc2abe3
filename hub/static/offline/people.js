// Whose data lies on this device, and who used the app last. Names and numbers only: the data is in each one's database.

const PLACE = "waystation-offline";

function read() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? { last: null, people: {} };
  } catch {
    return { last: null, people: {} };
  }
}

function write(told) {
  localStorage.setItem(PLACE, JSON.stringify(told));
}

/** Who used the app last and did not sign out: `{id, name}`, or null. */
export function last() {
  const told = read();
  return told.last === null ? null : { id: told.last, name: told.people[told.last] };
}

/** This person uses the app now. */
export function enter(person) {
  const told = read();
  told.people[person.id] = person.name;
  told.last = person.id;
  write(told);
}

/** Nobody uses the app; what is not sent stays, closed, for the same person. `out`: the hub has heard of it. */
export function leave(out) {
  const told = read();
  told.last = null;
  told.leaving = !out;
  write(told);
}

/** Whether somebody left without a network: the hub still has to be told. */
export function leaving() {
  return Boolean(read().leaving);
}

/** The hub was told. */
export function left() {
  const told = read();
  told.leaving = false;
  write(told);
}

/** Nothing of this person is on the device any more. */
export function forget(id) {
  const told = read();
  delete told.people[id];
  if (told.last === id) told.last = null;
  write(told);
}

/** Everybody of whom something lies here, but this one. */
export function others(id) {
  return Object.entries(read().people)
    .map(([number, name]) => ({ id: Number(number), name }))
    .filter((person) => person.id !== id);
}
