// Number the lines of a text and mark those with problems: textarea[data-lines].
for (const area of document.querySelectorAll("textarea[data-lines]")) {
  const wrong = new Set(area.dataset.lines.split(",").map(Number));
  const lines = document.createElement("div");
  lines.className = "source__mirror";
  lines.setAttribute("aria-hidden", "true");
  const draw = () => {
    lines.replaceChildren(
      ...area.value.split("\n").map((text, index) => {
        const line = document.createElement("div");
        line.textContent = text || "\u200b";
        line.classList.toggle("source__wrong", wrong.has(index + 1));
        return line;
      }),
    );
  };
  area.before(lines);
  area.parentElement.classList.add("source__paper--numbered");
  area.addEventListener("input", draw);
  draw();
}

// Lead from a problem to its line: a[data-line].
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  const area = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!area) {
    return;
  }
  event.preventDefault();
  area.closest("details").open = true;
  const before = area.value.split("\n").slice(0, link.dataset.line - 1);
  const start = before.reduce((length, line) => length + line.length + 1, 0);
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, start);
  area.previousElementSibling.children[before.length]?.scrollIntoView({ block: "center" });
});
