// Save what has data-autosave, a field by itself or a whole form, soon after the last
// key, and say so. Until the server has acknowledged it, a copy stays in this browser.
const PAUSE_MS = 1500;
const LONGEST_MS = 4000;
const RETRY_MS = 5000;

// What a form sends beside the words of a person; names of rows and keys are new on
// each page.
const SERVICE = new Set(["csrf_token", "kept-form_key", "version", "go_on", "note"]);

const states = new WeakMap();

function formOf(area) {
  return area.form ?? area;
}

// A row for one more note that nobody has begun.
function untouched(form) {
  const fields = [...form.querySelectorAll("[data-note-blank] [name]")];
  const isBegun = fields.some((field) => field.matches("input:not([type=hidden]), textarea") && field.value);
  return isBegun ? [] : fields.map((field) => field.name);
}

function entriesOf(form) {
  const blank = new Set(untouched(form));
  return [...new FormData(form)].filter(([name]) => !SERVICE.has(name) && !blank.has(name));
}

function textOf(area) {
  return area.form ? area.value : JSON.stringify(entriesOf(area));
}

function wordsOf(area, text) {
  if (area.form) return text;
  const words = JSON.parse(text).filter(([name, value]) => value.length > 3 && !name.startsWith("note-field-"));
  return words.map(([, value]) => value).join("\n\n");
}

function putBack(area, text) {
  if (area.form) area.value = text;
  else for (const [name, value] of JSON.parse(text)) if (area.elements[name]) area.elements[name].value = value;
}

function copyKey(area) {
  return `draft:${formOf(area).dataset.draftOwner}:${area.dataset.autosave}`;
}

function keepCopy(area) {
  try {
    localStorage.setItem(copyKey(area), JSON.stringify({ text: textOf(area), at: Date.now() }));
  } catch {
    // A full or forbidden storage only takes the extra copy away.
  }
}

function dropCopy(area) {
  try {
    localStorage.removeItem(copyKey(area));
  } catch {
    // Nothing was kept.
  }
}

function readCopy(area) {
  try {
    return JSON.parse(localStorage.getItem(copyKey(area)));
  } catch {
    return null;
  }
}

function hidden(area, name) {
  if (!area.form) return area.elements[name];
  return area.form.elements[`${name}-${area.name.slice("text-".length)}`];
}

function say(area, text, kind = "") {
  const line = area.closest("section").querySelector("[data-state]");
  line.textContent = text;
  line.dataset.kind = kind;
  return line;
}

async function fingerprint(text) {
  if (!crypto.subtle) return null;
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("").slice(0, 16);
}

async function post(area, text) {
  const body = area.form ? new FormData() : new FormData(area);
  if (area.form) body.set("text", text);
  body.set("version", area.dataset.version);
  body.set("csrf_token", formOf(area).elements.csrf_token.value);
  return fetch(area.dataset.autosave, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "manual",
  });
}

// What the site has of a field: the next save starts from it.
async function remember(area, text, version) {
  area.dataset.version = version;
  hidden(area, "version").value = version;
  if (!area.form) return;
  area.defaultValue = text;
  const seen = await fingerprint(text);
  if (seen) hidden(area, "seen").value = seen;
}

// Somebody else has saved the field: take it over, unless it is being changed here.
async function takeOver(area, { text, version, by, at }) {
  const changing = states.get(area).busy || ![area.defaultValue, text].includes(area.value);
  if (changing || !crypto.subtle) return;
  area.value = text;
  say(area, `Сохранено: ${by}, ${at}.`);
  area.dispatchEvent(new Event("draft:renewed", { bubbles: true }));
  await remember(area, text, version);
}

async function acknowledge(area, text, answer) {
  const line = answer.rival
    ? say(area, `${answer.by} тоже меняет это поле. Оба текста сохранены. `, "rival")
    : say(area, answer.message ?? "Сохранено.", answer.lost ? "lost" : "saved");
  if (answer.rival) {
    const link = document.createElement("a");
    link.href = `${location.pathname}?rival=${Date.now()}#${area.closest("section").id}`;
    link.textContent = "Показать рядом";
    line.append(link);
  } else {
    await remember(area, text, answer.version);
  }
  if (textOf(area) === text) dropCopy(area);
}

async function refuse(area, response) {
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 400) {
    say(area, "Вход закончился. Текст сохранён в этом браузере: войдите снова, и он вернётся.", "lost");
    return;
  }
  if (response.status >= 500) {
    say(area, "Сайт споткнулся. Текст сохранён в этом браузере, скоро отправим ещё раз.", "lost");
    return;
  }
  const answer = await response.json().catch(() => ({}));
  say(area, answer.error || "Сайт не сохранил текст. Копия осталась в этом браузере.", "lost");
}

async function save(area) {
  const state = states.get(area);
  if (state.busy) return;
  state.busy = true;
  state.since = 0;
  const text = textOf(area);
  let retry = false;
  try {
    const response = await post(area, text);
    if (response.ok) await acknowledge(area, text, await response.json());
    else await refuse(area, response);
    retry = response.status >= 500;
  } catch {
    say(area, "Нет связи. Текст сохранён в этом браузере, отправим, когда связь вернётся.", "lost");
    retry = true;
  }
  state.busy = false;
  if (retry) state.timer = setTimeout(() => save(area), RETRY_MS);
  else if (textOf(area) !== text) schedule(area);
}

function schedule(area) {
  const state = states.get(area);
  const now = Date.now();
  state.since ||= now;
  clearTimeout(state.timer);
  const wait = Math.max(0, Math.min(PAUSE_MS, state.since + LONGEST_MS - now));
  state.timer = setTimeout(() => save(area), wait);
}

function typed(area) {
  keepCopy(area);
  states.get(area).isSent = false;
  if (states.get(area).busy) return;
  say(area, "Сохраняем…");
  schedule(area);
}

function offerCopy(area) {
  const copy = readCopy(area);
  if (!copy) return;
  if (copy.text === textOf(area)) {
    dropCopy(area);
    return;
  }
  const box = document.createElement("div");
  box.className = "notice notice--warning";
  const words = document.createElement("p");
  words.textContent = "В этом браузере остался текст, который не успел сохраниться:";
  const text = document.createElement("p");
  text.className = "as-typed";
  text.textContent = wordsOf(area, copy.text);
  const buttons = document.createElement("div");
  buttons.className = "buttons";
  buttons.append(button("Вернуть в поле", () => {
    putBack(area, copy.text);
    box.remove();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  }), button("Удалить", () => {
    dropCopy(area);
    box.remove();
  }));
  box.append(words, text, buttons);
  area.before(box);
}

function button(label, action) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button button--plain button--small";
  element.textContent = label;
  element.addEventListener("click", action);
  return element;
}

function waiting() {
  return [...document.querySelectorAll("[data-autosave]")].filter((area) => {
    const copy = readCopy(area);
    return copy && copy.text === textOf(area) && !states.get(area).isSent;
  });
}

for (const area of document.querySelectorAll("[data-autosave]")) {
  states.set(area, { timer: 0, since: 0, busy: false });
  offerCopy(area);
}

document.addEventListener("input", (event) => {
  const area = event.target.closest("[data-autosave]");
  if (area) typed(area);
});

document.addEventListener("draft:newer", (event) => {
  takeOver(event.target, event.detail);
});

// What a button sends is not sent once more by the page that goes away for it.
document.addEventListener("submit", (event) => {
  const state = states.get(event.target);
  if (!state || event.defaultPrevented) return;
  clearTimeout(state.timer);
  state.isSent = true;
});

// A page that goes away sends what it still holds; the copy stays until the answer.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") waiting().forEach((area) => save(area));
});

window.addEventListener("online", () => waiting().forEach((area) => save(area)));

// Sending the whole page saves everything on it, so the copies have done their work
// only when the next page has come; `offerCopy` drops those that arrived.
