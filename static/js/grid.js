// Walk over the cells of table[data-grid] with arrows: one stop of Tab, however large it
// is. Esc hides the words of a cell until another one is looked at.
const grid = document.querySelector("[data-grid]");

function spotOf(cell) {
  return cell?.querySelector("a") ?? cell;
}

function settle(spot) {
  grid.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
  spot.tabIndex = 0;
}

const STEPS = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

function within(number, length) {
  return Math.min(Math.max(number, 0), length - 1);
}

function walk(event) {
  const step = STEPS[event.key];
  const cell = event.target.closest("td, th");
  if (!step || !cell || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const rows = [...grid.rows].filter((one) => !one.hidden); // what is for paper alone
  const row = rows[within(rows.indexOf(cell.parentElement) + step[0], rows.length)];
  spotOf(row.cells[within(cell.cellIndex + step[1], row.cells.length)]).focus();
}

function show() {
  delete grid.dataset.quiet;
}

if (grid) {
  grid.role = "grid";
  document.querySelector("[data-grid-hint]").hidden = false;
  for (const cell of grid.querySelectorAll("td, th")) spotOf(cell).tabIndex = -1;
  settle(spotOf(grid.querySelector("tbody [scope='row']")));
  grid.addEventListener("keydown", walk);
  grid.addEventListener("focusin", (event) => {
    show();
    const cell = event.target.closest("td, th");
    if (cell && event.target === spotOf(cell)) settle(event.target);
  });
  grid.addEventListener("mouseover", (event) => {
    if (!event.relatedTarget?.closest?.("td")?.contains(event.target)) show();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") grid.dataset.quiet = "";
  });
}
