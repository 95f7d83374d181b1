// The strip of criteria, [data-strip]: says at once what is chosen and what has a
// remark, leads to a criterion without a new line in the history of the browser.
const links = [...document.querySelectorAll("[data-strip]")];

function markOf(link) {
  return document.getElementById(link.hash.slice(1));
}

// In a low window the address says which criterion is open.
function open(mark) {
  if (!mark.checkVisibility()) window.location.replace(`#${mark.id}`);
}

// Where the form scrolls by itself, the work beside it stays where it was read.
function lead(mark) {
  const form = mark.closest(".desk__review");
  const stays = form && getComputedStyle(form).position === "sticky";
  const top = window.scrollY;
  // A gliding page would go on to the criterion after it was put back.
  document.documentElement.style.scrollBehavior = "auto";
  open(mark);
  const radio = mark.querySelector("input:checked") ?? mark.querySelector("input:enabled");
  // Whoever only looks has no level to stand on.
  if (!radio) mark.tabIndex = -1;
  (radio ?? mark).focus({ preventScroll: true });
  mark.scrollIntoView({ block: "nearest", behavior: "instant" });
  // A long remark makes a criterion higher than the form: its level is in sight then.
  radio?.labels[0].scrollIntoView({ block: "nearest", behavior: "instant" });
  if (stays) window.scrollTo({ top, behavior: "instant" });
  document.documentElement.style.scrollBehavior = "";
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

// The strip leads to criteria, and so does the list of mistakes.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#mark-']");
  const mark = link && markOf(link);
  if (!mark || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  lead(mark);
});

document.addEventListener("criterion:open", (event) => lead(event.target));
document.addEventListener("input", () => links.forEach(tell));
document.addEventListener("focusin", (event) => {
  const mark = event.target.closest("[data-criterion]");
  if (mark) point(mark);
});
// A browser that brings a page back has put levels into it without a word.
window.addEventListener("pageshow", () => links.forEach(tell));
