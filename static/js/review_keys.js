// Keys of the desk, [data-desk-keys]: see the list in the dialog that `?` opens. Letters
// go by their place on the keyboard, so the layout does not matter. Nothing is taken
// from a field that is being typed into, except Esc and the keys with Ctrl.
// What cannot be taken back has [data-key-twice]: the first stroke leads to its button,
// and only another one presses it.
const desk = document.querySelector("[data-desk-keys]");
const help = document.getElementById("keys");
let left = null;
let last = null;

function isTyping(target) {
  return target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
}

// A low window shows one criterion at a time.
function marks() {
  return [...document.querySelectorAll("[data-criterion]")];
}

function isOpen(mark) {
  return !mark.querySelector("input:checked");
}

// The criterion in which the focus is or was, to which the strip points, else the first
// shown that has no level yet.
function current() {
  const here = document.activeElement.closest("[data-criterion]");
  const shown = marks().filter((mark) => mark.checkVisibility());
  const before = shown.includes(last) ? last : null;
  return here ?? before ?? shown.find(isOpen) ?? shown[0];
}

function focus(mark) {
  mark?.dispatchEvent(new Event("criterion:open", { bubbles: true }));
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

// Out of a field: to the level of its criterion, or to the page, where letters are keys.
function leave(field) {
  const mark = field.closest("[data-criterion]");
  const bank = field.closest("[data-bank]");
  if (bank) bank.open = false;
  if (mark) focus(mark);
  else desk.focus({ preventScroll: true });
}

// What a tab shows is read from there: the arrows scroll, Tab leads to what is in it.
function activate(marked) {
  marked.click();
  if (!marked.control) return;
  const panel = document.querySelector(`[data-panel="${marked.htmlFor}"]`);
  panel?.focus({ preventScroll: true });
}

function turnBack() {
  (left?.isConnected ? left : desk).focus({ preventScroll: true });
}

const KEYS = {
  KeyC: () => step(1),
  KeyV: () => step(-1),
  KeyR: openBank,
  KeyE: writeRemark,
  KeyS: () => document.getElementById("summary")?.focus(),
  KeyN: () => document.querySelector("[data-note-add]")?.click(),
};

function strokeOf(event) {
  const ctrl = event.ctrlKey || event.metaKey;
  const code = event.code === "NumpadEnter" ? "Enter" : event.code;
  return `${ctrl ? "ctrl+" : ""}${ctrl && event.shiftKey ? "shift+" : ""}${code}`;
}

function pressTwice(button) {
  if (document.activeElement === button) {
    button.click();
    return;
  }
  left = document.activeElement;
  button.focus();
}

function press(event) {
  const marked = document.querySelector(`[data-key="${strokeOf(event)}"]`);
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  let action = KEYS[event.code];
  if (digit && !event.shiftKey) action = () => choose(digit);
  if (marked) action = () => activate(marked);
  if (!action || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  action();
}

function heard(event) {
  if (event.altKey || event.isComposing || help.open) return;
  // What is said in the thread has a button of its own.
  const inThread = event.target.closest("[data-thread-form]");
  const twice = !inThread && document.querySelector(`[data-key-twice="${strokeOf(event)}"]`);
  // A key that is held down is one stroke.
  if (twice) event.preventDefault();
  if (event.repeat) return;
  if (twice) pressTwice(twice);
  else if (event.key === "Escape") {
    if (isTyping(event.target) || event.target.closest("[data-bank]")) leave(event.target);
    else if (event.target.closest("[data-key-twice]")) turnBack();
  } else if (inThread || isTyping(event.target)) return;
  // The digits and letters belong to a radio group too, so only its own keys are left.
  else if (event.key === "?") {
    event.preventDefault();
    toggleHelp();
  } else press(event);
}

if (desk) {
  document.addEventListener("keydown", heard);
  document.addEventListener("focusin", (event) => {
    last = event.target.closest("[data-criterion]") ?? last;
  });
  for (const button of document.querySelectorAll("[data-keys-help]")) {
    button.hidden = false;
    button.addEventListener("click", toggleHelp);
  }
}
