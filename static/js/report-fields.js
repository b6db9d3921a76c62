// What stands in the form of a report, how it is put back, and where two versions of it differ.
const OWN = ["csrfmiddlewaretoken", "form_token", "version", "revision", "device", "drop"];
const MACHINERY = /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/;
const MOST_ROWS = 50;
const isChoice = (field) => field.type === "checkbox" || field.type === "radio";

function isTyped(field) {
  if (isChoice(field)) return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (field.options) return field.selectedIndex !== Math.max([...field.options].findIndex((option) => option.defaultSelected), 0);
  return "defaultValue" in field && field.value !== field.defaultValue;
}

export function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
}

// Names of what somebody changed since the page was made.
export function typedIn(form) {
  return [...form.elements].filter(isTyped).map((field) => field.name);
}

export function grouped(pairs) {
  const found = {};
  for (const [name, value] of pairs) (found[name] ??= []).push(value);
  return found;
}

function growTo(form, name) {
  const prefix = name.match(/^(.+)-\d+-/)?.[1];
  const box = prefix && form.querySelector(`[data-rows="${CSS.escape(prefix)}"]`);
  for (let added = 0; box && added < MOST_ROWS && !form.elements[name]; added += 1) box.dispatchEvent(new Event("rows:add"));
}

export function putBack(form, pairs, except) {
  const said = grouped(pairs);
  for (const name of Object.keys(said)) if (!OWN.includes(name) && !MACHINERY.test(name)) growTo(form, name);
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || OWN.includes(field.name) || MACHINERY.test(field.name) || except.has(field.name)) continue;
    const values = said[field.name];
    if (isChoice(field)) field.checked = (values ?? []).includes(field.value);
    else if (values) field.value = values[0];
  }
}

function labelOf(form, name) {
  const field = form.elements[name];
  const one = field instanceof RadioNodeList ? field[0] : field;
  const legend = one?.closest("fieldset.field")?.querySelector("legend");
  return (legend ?? one?.labels?.[0])?.firstChild?.textContent.trim() || name;
}

function wordOf(form, name, value) {
  const field = form.elements[name];
  if (field instanceof HTMLSelectElement) return [...field.options].find((option) => option.value === value)?.label ?? value;
  const choice = [...form.elements].find((one) => one.name === name && isChoice(one) && one.value === value);
  return choice?.labels[0]?.textContent.trim() ?? value;
}

// [label, what theirs says] of every field in which a saved draft is another than the form.
export function differences(form, theirs) {
  const mine = grouped(fieldsOf(form));
  const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  return [...names]
    .filter((name) => !OWN.includes(name) && !MACHINERY.test(name))
    .filter((name) => (mine[name] ?? []).join("\n").replaceAll("\r", "") !== (theirs[name] ?? []).join("\n").replaceAll("\r", ""))
    .map((name) => [labelOf(form, name), (theirs[name] ?? []).map((value) => wordOf(form, name, value)).join(", ") || "—"]);
}
