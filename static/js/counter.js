// Show how many characters are left of data-limit.
function count(area) {
  const line = area.closest("[data-counted], section").querySelector("[data-counter]");
  const length = area.value.length;
  const limit = Number(area.dataset.limit);
  line.textContent =
    length > limit ? `лишних знаков: ${length - limit}` : `${length} из ${limit}`;
  line.classList.toggle("counter--over", length > limit);
}

for (const kind of ["input", "draft:renewed"]) {
  document.addEventListener(kind, (event) => {
    if (event.target.dataset.limit) count(event.target);
  });
}
