// After saving be where one was typing, not at the top: the texts of form[data-studio].
const form = document.querySelector("form[data-studio]");
const key = `caret ${form?.dataset.studio}`;
let area;

function taken() {
  try {
    const place = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
    return place;
  } catch {
    return null;
  }
}

function comeBack({ path, top, selection }) {
  const text = document.getElementById(path);
  if (!text || form.querySelector("[role=alert]")) return;
  text.closest("details").open = true;
  window.scrollBy(0, text.getBoundingClientRect().top - top);
  text.focus({ preventScroll: true });
  text.setSelectionRange(...selection);
  const told = document.querySelector("main .notice--success");
  form.querySelector("[data-state]").textContent = told?.textContent.trim() ?? "";
}

const place = form && taken();
// The other behaviours give the texts their height first.
if (place) queueMicrotask(() => comeBack(place));

form?.addEventListener("focusin", ({ target }) => {
  if (target.matches("textarea")) area = target;
});
form?.addEventListener("submit", () => {
  if (!area) return;
  // Without #content, to which one may have skipped: the page would begin there.
  form.setAttribute("action", location.pathname);
  const { id: path, selectionStart, selectionEnd } = area;
  const { top } = area.getBoundingClientRect();
  try {
    sessionStorage.setItem(key, JSON.stringify({ path, top, selection: [selectionStart, selectionEnd] }));
  } catch {
    // A closed storage: the page begins at its top.
  }
});
