// <form data-bulk>: its tick [data-pick-all] ticks every row of this page; "all that are filtered" leaves single ticks aside.
const ticksOf = (form) => [...form.elements].filter((field) => field.name === "file");

function show(form) {
  const all = form.querySelector("[data-pick-all]");
  const ticks = ticksOf(form);
  const ticked = ticks.filter((tick) => tick.checked).length;
  all.closest("label").hidden = false;
  all.checked = ticks.length > 0 && ticked === ticks.length;
  all.indeterminate = ticked > 0 && ticked < ticks.length;
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.dataset.bulk === undefined) return;
  if (event.target.dataset.pickAll !== undefined) for (const tick of ticksOf(form)) tick.checked = event.target.checked;
  const filtered = form.elements.all;
  if (event.target === filtered && filtered.checked) for (const tick of ticksOf(form)) tick.checked = false;
  if (event.target.name === "file" || event.target.dataset.pickAll !== undefined) filtered.checked = false;
  show(form);
});

for (const name of ["htmx:afterSettle", "pageshow"]) {
  (name === "pageshow" ? window : document).addEventListener(name, () => {
    for (const form of document.querySelectorAll("form[data-bulk]")) show(form);
  });
}
