// Formsets grow: <div data-rows="prefix"> holds [data-rows-list], a <template> with __prefix__ and [data-rows-add].
function add(box) {
  const total = box.querySelector(`input[name="${box.dataset.rows}-TOTAL_FORMS"]`);
  const most = box.querySelector(`input[name="${box.dataset.rows}-MAX_NUM_FORMS"]`);
  if (most && Number(total.value) >= Number(most.value)) return null;
  const holder = document.createElement("template");
  holder.innerHTML = box.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
  const row = holder.content.firstElementChild;
  box.querySelector("[data-rows-list]").append(holder.content);
  total.value = Number(total.value) + 1;
  return row;
}

for (const box of document.querySelectorAll("[data-rows]")) {
  const button = box.querySelector("[data-rows-add]");
  button.hidden = false;
  button.addEventListener("click", () => {
    add(box)?.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  box.addEventListener("rows:add", () => add(box));
}
