// <form data-confirm="question"> or <button data-confirm="question">: asked before the form is sent.
function ask(question) {
  const dialog = document.getElementById("confirm-dialog").content.cloneNode(true).firstElementChild;
  dialog.querySelector("#confirm-question").textContent = question;
  document.body.append(dialog);
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
    dialog.showModal();
  });
}

async function askFirst(event) {
  const { target: form, submitter } = event;
  const question = submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question === undefined || form.dataset.confirmed !== undefined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(question))) return;
  form.dataset.confirmed = "";
  form.requestSubmit(submitter);
  delete form.dataset.confirmed;
}

document.addEventListener("submit", askFirst, { capture: true });
