// A button that copies what stands in a field: data-copy names the field, data-copied what is said then.
async function copied(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy"); // where the page is not served safely, the old way still works
  }
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const words = button.querySelector("span");
    if (await copied(document.getElementById(button.dataset.copy))) words.textContent = button.dataset.copied;
  });
}
