"use strict";
// Sorts a table by the column whose heading is clicked; cells without a number stay at the end.
for (const button of document.querySelectorAll("th button")) button.addEventListener("click", () => {
  const head = button.closest("th"), body = head.closest("table").tBodies[0], place = head.cellIndex;
  const falling = head.getAttribute("aria-sort") !== "descending";
  for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const key = row => row.cells[place].dataset.sort;
  const compare = (a, b) => place === 0 ? key(b).localeCompare(key(a)) : key(b) - key(a);
  body.append(...[...body.rows].sort((a, b) => (key(a) === "") - (key(b) === "") || (falling ? 1 : -1) * compare(a, b)));
});
