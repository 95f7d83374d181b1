// «/» leads to the field in [data-search] from everywhere but where something is typed.
const search = document.querySelector("[data-search]");
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector("#q") ?? search?.querySelector("input");
  if (!field) return;
  event.preventDefault();
  // On a narrow screen the field of the page of search takes the focus by its name.
  if (!field.checkVisibility()) return location.assign(`${search.action}#q`);
  field.focus();
  field.select();
});

// Arrows walk over what is found, [data-results], and back to the field.
addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const found = document.querySelector("[data-results]");
  if (!step || !found || event.ctrlKey || event.metaKey || event.altKey) return;
  const stops = [document.querySelector("#q"), ...found.querySelectorAll("a")];
  const here = event.target === found ? 0 : stops.indexOf(event.target);
  if (here < 0 || !stops[here + step]) return;
  event.preventDefault();
  stops[here + step].focus();
});
