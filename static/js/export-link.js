// Filters change the address without a new page: the way to the file follows them.
function follow() {
  for (const link of document.querySelectorAll("a[data-export-link]")) {
    const asked = new URLSearchParams(location.search);
    asked.delete("page");
    asked.set("format", "choose");
    link.href = `${location.pathname}?${asked}`;
  }
}

for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory", "htmx:historyRestore"]) {
  document.addEventListener(name, follow);
}
