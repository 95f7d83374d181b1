// Tie a remark to the words that are selected in an answer: the words, and which
// occurrence of them it is, go into [data-notes]; the server marks them on the next page.
const add = document.querySelector("[data-note-add]");
const notes = document.querySelector("[data-notes]");

// What stands between the words and is not the team's: notes shown before, numbers.
function isOurs(node) {
  return node.parentElement.closest("aside, .cited sup");
}

function flat(text) {
  return text.split(/\s+/).filter(Boolean).join(" ");
}

function chosen() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const element = range.startContainer.parentElement ?? range.startContainer;
  const field = element.closest(".tabs__panel--work [data-field]");
  return field && field.contains(range.endContainer) ? { field, range } : null;
}

// A selection rarely ends where a word does; the note is about whole words.
function widen({ startContainer, startOffset, endContainer, endOffset }) {
  const letter = /[\p{L}\p{N}-]/u;
  let [start, end] = [startOffset, endOffset];
  const [first, last] = [startContainer.data ?? "", endContainer.data ?? ""];
  while (start > 0 && letter.test(first[start - 1]) && letter.test(first[start] ?? "")) start -= 1;
  while (end > 0 && letter.test(last[end - 1]) && letter.test(last[end] ?? "")) end += 1;
  return { startContainer, start, endContainer, end };
}

// The words that are selected, and everything in the field up to their end.
function texts({ field, range }) {
  const wide = widen(range);
  let before = "";
  let inside = "";
  const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (isOurs(node)) continue;
    const start = node === wide.startContainer ? wide.start : 0;
    const end = node === wide.endContainer ? wide.end : node.length;
    if (range.intersectsNode(node)) {
      before += node.data.slice(0, start);
      inside += node.data.slice(start, end);
    } else if (!inside) before += node.data;
  }
  return { quote: flat(inside), until: flat(before + inside) };
}

function occurrence(quote, until) {
  let count = 0;
  for (let at = until.indexOf(quote); at >= 0; at = until.indexOf(quote, at + 1)) count += 1;
  return Math.max(0, count - 1);
}

function addRow(field, quote, at) {
  const name = Date.now().toString(36);
  const row = document.createElement("template");
  row.innerHTML = notes.querySelector("[data-note-template]").innerHTML.replaceAll("NAME", name);
  for (const [key, value] of Object.entries({ field, quote, at })) {
    row.content.querySelector(`[name="note-${key}-${name}"]`).value = value;
  }
  row.content.querySelector("q").textContent = quote;
  notes.querySelector("[data-notes-list]").append(row.content);
  return document.getElementById(`note-text-${name}`);
}

function openBlank() {
  const blank = notes.querySelector("[data-note-blank]");
  blank.open = true;
  return blank.querySelector("input:not([type=hidden])");
}

function addNote() {
  const found = chosen();
  const { quote, until } = found ? texts(found) : { quote: "" };
  const area = quote
    ? addRow(found.field.dataset.field, quote, occurrence(quote, until))
    : openBlank();
  area.scrollIntoView({ block: "nearest" });
  area.focus();
  add.hidden = true;
}

// The button stands under the selected words.
function place() {
  const found = chosen();
  add.hidden = !found;
  if (!found) return;
  const words = found.range.getBoundingClientRect();
  const panel = add.offsetParent.getBoundingClientRect();
  const left = Math.min(words.left - panel.left, panel.width - add.offsetWidth - 8);
  add.style.top = `${words.bottom - panel.top + 6}px`;
  add.style.left = `${Math.max(left, 8)}px`;
}

function drop(event) {
  const button = event.target.closest("[data-note-drop]");
  if (!button) return;
  event.preventDefault();
  const form = button.form;
  button.closest("[data-note]").remove();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

if (add && notes) {
  notes.querySelector("[data-notes-hint]").hidden = false;
  document.addEventListener("selectionchange", place);
  // The press must not take the selection away before it is read.
  add.addEventListener("pointerdown", (event) => event.preventDefault());
  add.addEventListener("click", addNote);
  document.addEventListener("click", drop);
}
