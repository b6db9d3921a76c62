// On a phone a row of tabs is longer than the screen: the open one is scrolled into sight, the page stays where it is.
for (const tab of document.querySelectorAll(".nav-tabs [aria-current]")) {
  const row = tab.closest(".nav-tabs");
  const [from, to] = [row.getBoundingClientRect(), tab.getBoundingClientRect()];
  row.scrollLeft += to.left + to.width / 2 - (from.left + from.width / 2);
}
