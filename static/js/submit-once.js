// A form is sent once, however often its button is pressed; files to download leave the page, so it opens again.
const OPEN_AGAIN_AFTER = 10_000;

function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sending !== undefined) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "";
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), OPEN_AGAIN_AFTER);
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) release(form);
});
