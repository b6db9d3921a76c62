// What the page of a report says: the line about what is kept where, and the boxes of what cannot go on by itself.
const words = document.querySelector("[data-report-words]").content;

export function word(name, values = {}) {
  const text = words.querySelector(`[data-word="${name}"]`).textContent;
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function say(name, values = {}) {
  const line = document.querySelector("[data-report-state]");
  line.hidden = false;
  line.dataset.reportState = name;
  if (line.textContent !== word(name, values)) line.textContent = word(name, values);
}

function show(form, kind, told) {
  document.querySelector("[data-report-box]")?.remove();
  const box = document.querySelector(`[data-report-${kind}]`).content.cloneNode(true).firstElementChild;
  box.dataset.reportBox = kind;
  box.querySelector("[data-told]").textContent = told;
  form.prepend(box);
  box.scrollIntoView({ block: "center" });
  return box;
}

// Answers "theirs" or "mine".
export function askWhose(form, told, rows) {
  const box = show(form, "conflict", told);
  for (const [label, text] of rows) {
    const row = document.createElement("div");
    for (const [tag, words_] of [["dt", label], ["dd", text]]) row.append(Object.assign(document.createElement(tag), { textContent: words_ }));
    box.querySelector("[data-theirs]").append(row);
  }
  return new Promise((answer) => {
    for (const whose of ["theirs", "mine"]) {
      const button = box.querySelector(whose === "mine" ? "[data-keep-mine]" : "[data-take-theirs]");
      button.addEventListener("click", () => {
        box.remove();
        answer(whose);
      });
    }
  });
}

export function showOver(form, told, location) {
  show(form, "over", told).querySelector("[data-to]").href = location;
}
