// Ask before leaving a form with unsaved words: form[data-unsaved].
const changed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsaved]");
  if (form) {
    changed.add(form);
  }
});

document.addEventListener("submit", (event) => {
  changed.delete(event.target);
});

window.addEventListener("beforeunload", (event) => {
  if (changed.size) {
    event.preventDefault();
  }
});
