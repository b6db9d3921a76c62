// Lists that htmx replaces: dim while they load, say so when they cannot, and follow a sign-in page as a page.
const isWholePage = (text) => /^\s*<!doctype/i.test(text);

function showFailure(target) {
  if (target.querySelector(":scope > [data-failure]")) return;
  const notice = document.getElementById("request-failed").content.cloneNode(true);
  notice.firstElementChild.dataset.failure = "";
  target.prepend(notice);
}

document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.classList.add("is-loading"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target.classList.remove("is-loading"));

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isWholePage(event.detail.xhr.responseText)) return;
  event.detail.shouldSwap = false;
  if (event.detail.xhr.status < 400) window.location.reload();
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => showFailure(event.detail.target));
}
