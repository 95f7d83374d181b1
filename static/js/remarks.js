// Put a ready remark (data-insert names the field, data-text holds the words) after
// what is typed already, and find remarks by typing.
const MANY = 4;

document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-insert]");
  if (!chip) return;
  event.preventDefault();
  const area = document.getElementById(chip.dataset.insert);
  area.value = [area.value.trimEnd(), chip.dataset.text].filter(Boolean).join("\n\n");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.style.height = `${area.scrollHeight + 4}px`;
  area.focus();
});

function narrow(list, words) {
  for (const item of list.querySelectorAll("li")) {
    const text = item.textContent + (item.querySelector("button")?.dataset.text ?? "");
    const found = words.every((word) => text.toLowerCase().includes(word));
    item.hidden = !found;
  }
}

for (const bank of document.querySelectorAll("[data-bank]")) {
  const list = bank.querySelector("ul");
  if (list.children.length < MANY) continue;
  const search = document.createElement("input");
  search.type = "search";
  search.className = "field__control bank__search";
  search.placeholder = "Найти замечание";
  search.setAttribute("aria-label", "Найти замечание");
  // The field is for looking only: it is not sent and saves nothing.
  search.addEventListener("input", (event) => {
    event.stopPropagation();
    narrow(list, search.value.toLowerCase().split(/\s+/).filter(Boolean));
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    list.querySelector("li:not([hidden]) button")?.click();
  });
  list.before(search);
}
