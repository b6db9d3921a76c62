// On a phone a bar of filters shows its search first; the rest unfolds, and is open where it filters already.
// Wide screens always show all (forms.css).
const asked = new URLSearchParams(location.search);
const isUsed = (field) => [...field.querySelectorAll("[name]")].some((control) => asked.get(control.name));

for (const form of document.querySelectorAll("form.filters")) {
  const fields = [...form.querySelectorAll(":scope > .field, :scope > .filters-more")];
  if (fields.length < 3) continue;
  const button = document.getElementById("unfold-filters").content.cloneNode(true).firstElementChild;
  const fold = (isFolded) => {
    form.classList.toggle("is-folded", isFolded);
    button.setAttribute("aria-expanded", String(!isFolded));
  };
  fields[0].after(button);
  fold(!fields.slice(1).some(isUsed));
  button.addEventListener("click", () => fold(!form.classList.contains("is-folded")));
}

// The address says what is chosen and nothing else.
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.matches("form.filters")) return;
  const { formData } = event.detail;
  for (const [name, value] of [...formData]) {
    if (value === "") formData.delete(name);
  }
});

// An answer may bring the filters with new numbers in them; what was chosen while it was on its way stays chosen.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (!target.matches("form.filters select")) return;
  const fresh = fragment.querySelector("select");
  if ([...fresh.options].some((option) => option.value === target.value)) fresh.value = target.value;
});
