// Tell every few seconds in which field of the draft the person is, show who else is
// where, and bring in what the others have saved: form[data-presence].
const EVERY_MS = 15000;
const SOON_MS = 400;
// Whoever has touched nothing for so long is not here, though the page is open.
const AWAY_MS = 120000;
const ASLEEP_MS = 600000;

const form = document.querySelector("form[data-presence]");
let timer = 0;
let touched = performance.now();
let told = "";
let heard = "";

function areas() {
  return [...form.querySelectorAll("[data-autosave]")];
}

function keyOf(area) {
  return area.name.slice("text-".length);
}

function idle() {
  return performance.now() - touched;
}

function fieldNow() {
  const area = document.activeElement?.closest("[data-autosave]");
  return area && !document.hidden && idle() < AWAY_MS ? keyOf(area) : "";
}

function words(field) {
  const body = new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  body.set("field", field);
  for (const area of areas()) body.set(`version-${keyOf(area)}`, area.dataset.version);
  return body;
}

async function tell() {
  clearTimeout(timer);
  told = fieldNow();
  const response = await fetch(form.dataset.presence, {
    method: "POST",
    body: words(told),
    headers: { Accept: "application/json" },
    redirect: "manual",
  }).catch(() => null);
  // Who was signed out or is no member any more asks no longer.
  if (response && !response.ok && response.status < 500) return show({});
  const answer = await response?.json().catch(() => null);
  show(answer?.here ?? {});
  if (answer?.message) return close(answer.message);
  for (const [key, field] of Object.entries(answer?.newer ?? {})) offer(key, field);
  later(EVERY_MS);
}

function later(pause) {
  clearTimeout(timer);
  if (!document.hidden && idle() < ASLEEP_MS) timer = setTimeout(tell, pause);
  else timer = 0;
}

function list(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} и ${names.at(-1)}`;
}

function show(here) {
  for (const area of areas()) {
    const line = area.closest("section").querySelector("[data-here]");
    const names = here[keyOf(area)] ?? [];
    const text = names.length ? `Сейчас здесь ${list(names)}` : "";
    if (line.textContent !== text) line.textContent = text;
    line.hidden = !text;
  }
  announce(told && here[told] ? `${list(here[told])}: тоже в этом поле.` : "");
}

// Only who comes into one's own field is told aloud, and once.
function announce(text) {
  if (text === heard) return;
  heard = text;
  form.querySelector("[data-presence-news]").textContent = text;
}

// There is nothing to write any more.
function close(message) {
  form.querySelector("[data-presence-news]").className = "notice notice--warning";
  announce(message);
}

// A text that nobody is changing here is simply renewed; under the cursor it waits.
function offer(key, field) {
  const area = form.elements[`text-${key}`];
  if (!area || field.version <= Number(area.dataset.version)) return;
  const line = area.closest("section").querySelector("[data-state]");
  if (fieldNow() !== key || area.value === field.text) {
    renew(area, field);
  } else if (area.value === area.defaultValue && !line.querySelector("button")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--link small";
    button.textContent = "Показать новый текст";
    button.addEventListener("click", () => tell().then(() => area.focus()));
    line.replaceChildren(`${field.by}: поле изменено, ${field.at}. `, button);
    line.dataset.kind = "rival";
  }
}

function renew(area, field) {
  area.dispatchEvent(new CustomEvent("draft:newer", { bubbles: true, detail: field }));
}

function touch(event) {
  const asleep = !timer;
  touched = performance.now();
  if (event.type === "focusin" || event.type === "focusout") {
    if (fieldNow() !== told) later(SOON_MS);
  } else if (asleep) later(SOON_MS);
}

if (form) {
  for (const kind of ["focusin", "focusout", "input", "pointerdown", "keydown"]) {
    document.addEventListener(kind, touch);
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) later(SOON_MS);
    else if (told) navigator.sendBeacon(form.dataset.presence, words(""));
  });
  later(SOON_MS);
}
