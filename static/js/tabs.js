// Tabs that radio buttons choose, [data-tabs]: each opens where it was read, and at its
// beginning when it was not read yet.
const tabs = document.querySelector("[data-tabs]");
const places = new Map();
let shown = tabs?.querySelector("input:checked");

function turn(event) {
  if (event.target.parentElement !== tabs || event.target.type !== "radio") return;
  shown = event.target;
  const place = places.get(shown);
  if (place !== undefined) window.scrollTo({ top: place, behavior: "instant" });
  else if (tabs.getBoundingClientRect().top < 0) {
    tabs.scrollIntoView({ block: "start", behavior: "instant" });
  }
}

if (tabs) {
  // A page that becomes short moves by itself, so a place is remembered before.
  document.addEventListener("scroll", () => places.set(shown, window.scrollY));
  document.addEventListener("change", turn);
}
