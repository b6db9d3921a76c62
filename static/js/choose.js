// <div data-choosing>: what is ticked among what was found joins [data-chosen], so that it stays while one searches on.
const tickOf = (line) => line.querySelector("input[type=checkbox]");

function withoutChosen(box) {
  const chosen = new Set([...box.querySelectorAll("[data-chosen] input")].map((tick) => tick.value));
  for (const line of box.querySelectorAll(".choices-found > li")) if (chosen.has(tickOf(line).value)) line.remove();
}

for (const box of document.querySelectorAll("[data-choosing]")) {
  box.addEventListener("change", (event) => {
    const line = event.target.closest(".choices-found > li");
    if (!line || !event.target.checked) return;
    box.querySelector("[data-chosen]").append(line);
    event.target.focus();
  });
  box.addEventListener("htmx:afterSettle", () => withoutChosen(box));
  withoutChosen(box);
}
