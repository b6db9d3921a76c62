// Whom a name may mean, as the school answers while it is typed: {prefix of the row: [[key, words], …]}.
function choice(name, id, [key, words], chosen) {
  const label = document.createElement("label");
  const radio = Object.assign(document.createElement("input"), { type: "radio", name, id, value: key, checked: key === chosen });
  label.htmlFor = id;
  label.append(radio, ` ${words}`);
  const line = document.createElement("div");
  line.append(label);
  return line;
}

export function offerPeople(form, people) {
  for (const [prefix, offered] of Object.entries(people)) {
    const box = form.querySelector(`[data-named="${CSS.escape(prefix)}"] [data-who]`);
    if (!box) continue;
    const name = `${prefix}-who`;
    const list = box.querySelector(`#id_${CSS.escape(name)}`);
    const before = [...list.querySelectorAll("input")];
    if (before.map((radio) => radio.value).join() === offered.map(([key]) => key).join()) continue;
    const chosen = before.find((radio) => radio.checked)?.value;
    list.replaceChildren(...offered.map((one, place) => choice(name, `id_${name}_${place}`, one, chosen)));
    box.hidden = offered.length === 0;
  }
}
