// The strip of criteria, [data-strip]: says at once what is chosen and what has a
// remark, leads to a criterion without a new line in the history of the browser.
const links = [...document.querySelectorAll("[data-strip]")];

function markOf(link) {
  return document.getElementById(link.hash.slice(1));
}

// In a low window the address says which criterion is open; the work stays where it is.
function open(mark) {
  if (mark.checkVisibility()) return;
  const top = window.scrollY;
  window.location.replace(`#${mark.id}`);
  window.scrollTo({ top, behavior: "instant" });
}

function tell(link) {
  const mark = markOf(link);
  const chosen = mark.querySelector("input:checked");
  link.querySelector("[data-strip-level]").textContent = chosen?.value ?? "–";
  link.querySelector("[data-strip-remark]").hidden = !mark.querySelector("textarea").value.trim();
  link.classList.toggle("strip__link--done", Boolean(chosen));
}

function point(mark) {
  for (const link of links) {
    if (markOf(link) === mark) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-strip]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const mark = markOf(link);
  open(mark);
  (mark.querySelector("input:checked") ?? mark.querySelector("input:enabled"))?.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "nearest" });
});

document.addEventListener("criterion:open", (event) => open(event.target));
document.addEventListener("input", () => links.forEach(tell));
document.addEventListener("focusin", (event) => {
  const mark = event.target.closest("[data-criterion]");
  if (mark) point(mark);
});
// A browser that brings a page back has put levels into it without a word.
window.addEventListener("pageshow", () => links.forEach(tell));
