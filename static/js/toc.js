// Mark the section on the screen in the table of contents: data-toc.
const links = [...document.querySelectorAll("[data-toc] a")];
const idOf = (link) => decodeURIComponent(link.hash.slice(1));
const headings = [...new Set(links.map(idOf))]
  .map((id) => document.getElementById(id))
  .filter(Boolean);

function mark() {
  const line = window.innerHeight / 4;
  const passed = headings.filter((h) => h.getBoundingClientRect().top < line);
  const current = (passed.at(-1) ?? headings[0]).id;
  for (const link of links) {
    if (idOf(link) === current) {
      link.setAttribute("aria-current", "location");
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

if (headings.length) {
  let waiting = false;
  const soon = () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    }
  };
  document.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", soon);
  mark();
}
