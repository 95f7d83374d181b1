// Keys of the desk, [data-desk-keys]: see the list in the dialog that `?` opens. Letters
// go by their place on the keyboard, so the layout does not matter. Nothing is taken
// from a field that is being typed into, except Ctrl+Enter.
const desk = document.querySelector("[data-desk-keys]");
const help = document.getElementById("keys");

function isTyping(target) {
  return target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
}

function marks() {
  return [...document.querySelectorAll("[data-criterion]")];
}

function isOpen(mark) {
  return !mark.querySelector("input:checked");
}

// The criterion in which the focus is, else the first one that has no level yet.
function current() {
  return document.activeElement.closest("[data-criterion]") ?? marks().find(isOpen) ?? marks()[0];
}

function focus(mark) {
  const radio = mark?.querySelector("input:checked") ?? mark?.querySelector("input:enabled");
  radio?.focus();
  mark?.scrollIntoView({ block: "nearest" });
}

function choose(digit) {
  const mark = current();
  const radio = mark?.querySelector(`input[value="${digit}"]:enabled`);
  if (!radio) return;
  radio.click();
  focus(mark);
}

function step(by) {
  const all = marks();
  const here = all.indexOf(document.activeElement.closest("[data-criterion]"));
  focus(here < 0 ? current() : all[Math.min(Math.max(here + by, 0), all.length - 1)]);
}

function openBank() {
  const bank = current()?.querySelector("[data-bank]");
  if (!bank) return;
  bank.open = true;
  (bank.querySelector("input") ?? bank.querySelector("button"))?.focus();
}

function writeRemark() {
  current()?.querySelector("textarea")?.focus();
}

function toggleHelp() {
  if (help.open) help.close();
  else help.showModal();
}

const KEYS = {
  KeyC: () => step(1),
  KeyV: () => step(-1),
  KeyR: openBank,
  KeyE: writeRemark,
  KeyN: () => document.querySelector("[data-note-add]")?.click(),
};

function press(event) {
  const marked = document.querySelector(`[data-key="${event.ctrlKey || event.metaKey ? "ctrl+" : ""}${event.code}"]`);
  if (marked) {
    event.preventDefault();
    marked.click();
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  const action = digit && !event.shiftKey ? () => choose(digit) : KEYS[event.code];
  if (!action) return;
  event.preventDefault();
  action();
}

function heard(event) {
  if (event.altKey || event.repeat || event.isComposing) return;
  // What is said in the thread has a button of its own.
  if (event.target.closest("[data-thread-form]")) return;
  const releases = event.code === "Enter" && (event.ctrlKey || event.metaKey);
  if (help.open || (isTyping(event.target) && !releases)) return;
  // The digits and letters belong to a radio group too, so only its own keys are left.
  if (event.key === "?") {
    event.preventDefault();
    toggleHelp();
  } else press(event);
}

if (desk) {
  document.addEventListener("keydown", heard);
  for (const button of document.querySelectorAll("[data-keys-help]")) {
    button.hidden = false;
    button.addEventListener("click", toggleHelp);
  }
}
