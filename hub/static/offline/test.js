// The 3-minute test: its figures, as the hub asks for them for this kind of equipment.

import { part, put, say } from "./words.js";

export function testForm(root, line, act) {
  put(root, "test-summary", say("test"));
  const form = part(root, "test-form");
  if (line.test_how) {
    const how = document.createElement("p");
    how.className = "hint";
    how.textContent = line.test_how;
    form.append(how);
  }
  for (const field of line.test_fields) form.append(labelled(field, line));
  if (line.facilities.length > 1) form.append(which(line));
  const button = document.createElement("button");
  button.className = "secondary";
  button.textContent = say("keep-test");
  form.append(button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const figures = Object.fromEntries(line.test_fields.map(({ name }) => [name, form.elements[name].valueAsNumber]));
    const facility = form.elements.facility?.value ?? null;
    act({ what: "test", key: line.key, facility, figures });
  });
}

// Two machines of one kind: the test is of one of them.
function which(line) {
  const place = document.createElement("div");
  place.className = "field";
  const select = Object.assign(document.createElement("select"), { name: "facility", id: `${line.key}-facility` });
  for (const { id, label } of line.facilities) select.append(new Option(`${label} ${id}`, id));
  const label = Object.assign(document.createElement("label"), { textContent: say("which"), htmlFor: select.id });
  place.append(label, select);
  return place;
}

function labelled(field, line) {
  const place = document.createElement("div");
  place.className = "field";
  const label = document.createElement("label");
  label.textContent = field.unit ? `${field.label} (${field.unit})` : field.label;
  const input = document.createElement("input");
  Object.assign(input, { type: "number", inputMode: "decimal", name: field.name, required: true });
  Object.assign(input, { min: field.low, max: field.high, step: field.step, value: field.usual ?? "" });
  input.id = label.htmlFor = `${line.key}-${field.name}`;
  place.append(label, input);
  return place;
}
