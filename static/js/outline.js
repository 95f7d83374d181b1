// Keep the list of headings true while a text is typed: ol[data-outline].
const HEADING = /^(#{1,4})\s+(.+?)\s*#*\s*(?:\{[^}]*\})?$/;

for (const list of document.querySelectorAll("[data-outline]")) {
  const area = document.getElementById(list.dataset.outline);
  area?.addEventListener("input", () => {
    let isCode = false;
    const items = [];
    area.value.split("\n").forEach((line, index) => {
      if (/^\s*(```|~~~)/.test(line)) isCode = !isCode;
      const found = !isCode && HEADING.exec(line);
      if (!found) return;
      const item = document.createElement("li");
      item.className = `outline__item outline__item--${found[1].length}`;
      const link = document.createElement("a");
      link.className = "small";
      link.href = `#${area.id}`;
      link.dataset.line = index + 1;
      link.textContent = found[2];
      item.append(link);
      items.push(item);
    });
    list.replaceChildren(...items);
  });
}
