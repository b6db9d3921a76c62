// <form data-keep>: what a person typed outlives an expired session or a lost connection, in this tab only.
// Never kept: passwords, files, tokens and versions. A form that was saved, or a sign-out, clears it.
// What is more than the browser keeps (about 5 MB) is not kept; the portal still sends it back when it refuses it.
const PREFIX = "keep:";
const NEVER = /^(csrfmiddlewaretoken|form_token|version|.*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS)$/;
const SENT = `${PREFIX}sent`;
const MOST_ROWS = 50;
const WRONG = ".form-errors, .field-errors, .errorlist, [data-refused]";
const person = document.body.dataset.person;
const forms = [...document.querySelectorAll("form[data-keep]")];

const keyOf = (form) => `${PREFIX}${person}:${location.pathname}:${forms.indexOf(form)}`;
const isKept = (field) => field.name && !["password", "file", "hidden", "submit"].includes(field.type) && !NEVER.test(field.name);
const isChoice = (field) => field.type === "checkbox" || field.type === "radio";

function read(key) {
  return JSON.parse(sessionStorage.getItem(key) ?? "{}");
}

function write(key, text) {
  try {
    sessionStorage.setItem(key, text);
  } catch (error) {
    if (error.name !== "QuotaExceededError") throw error;
  }
}

function valuesOf(form, name) {
  const fields = [...form.elements].filter((field) => field.name === name);
  return fields.flatMap((field) => {
    if (isChoice(field)) return field.checked ? [field.value] : [];
    if (field.multiple) return [...field.selectedOptions].map((option) => option.value);
    return [field.value];
  });
}

function remember(form, field) {
  if (!isKept(field)) return;
  const kept = read(keyOf(form));
  kept[field.name] = valuesOf(form, field.name);
  write(keyOf(form), JSON.stringify(kept));
}

function growTo(form, name) {
  const prefix = name.match(/^(.+)-\d+-/)?.[1];
  const box = prefix && form.querySelector(`[data-rows="${CSS.escape(prefix)}"]`);
  for (let added = 0; box && added < MOST_ROWS && !form.elements[name]; added += 1) box.dispatchEvent(new Event("rows:add"));
}

function putBack(form, kept) {
  for (const [name, values] of Object.entries(kept)) {
    growTo(form, name);
    for (const field of [...form.elements].filter((one) => one.name === name)) {
      if (isChoice(field)) field.checked = values.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
      else field.value = values[0] ?? "";
    }
  }
}

function tell(form) {
  const notice = document.getElementById("kept-notice").content.cloneNode(true);
  notice.querySelector("button").addEventListener("click", () => {
    sessionStorage.removeItem(keyOf(form));
    location.reload();
  });
  form.prepend(notice);
}

function forgetAll() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

// The page after sending tells how it went: errors, a refusal, sign-in or the form as it was keep the text.
function settle() {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (!sent || !person || document.querySelector(WRONG)) return;
  const isSamePage = sent.startsWith(`${PREFIX}${person}:${location.pathname}:`);
  if (isSamePage && !document.querySelector(".notice-success")) return;
  sessionStorage.removeItem(sent);
}

settle();
for (const form of person ? forms : []) {
  const kept = read(keyOf(form));
  if (Object.keys(kept).length && !form.querySelector(WRONG)) {
    putBack(form, kept);
    tell(form);
  }
  for (const kind of ["input", "change"]) form.addEventListener(kind, (event) => remember(form, event.target));
  form.addEventListener("submit", () => write(SENT, keyOf(form)));
}
document.querySelector("form[data-forget]")?.addEventListener("submit", forgetAll);
