// Keep what is typed in this browser until it is saved: form[data-studio].
const form = document.querySelector("form[data-studio]");
const key = `studio ${form?.dataset.studio}`;
const box = form?.querySelector("[data-kept]");
const areas = [...(form?.querySelectorAll("textarea") ?? [])];

function read() {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write() {
  const texts = Object.fromEntries(areas.map((area) => [area.name, area.value]));
  try {
    localStorage.setItem(key, JSON.stringify({ texts, at: new Date().toISOString() }));
  } catch {
    // A full or closed storage: the browser still asks before it leaves the page.
  }
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--plain button--small";
  made.textContent = words;
  made.addEventListener("click", () => {
    act();
    box.hidden = true;
  });
  return made;
}

function putBack(texts) {
  for (const area of areas) {
    if (area.name in texts && area.value !== texts[area.name]) {
      area.value = texts[area.name];
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

const kept = form && read();
const differs = (area) => area.name in kept.texts && area.value !== kept.texts[area.name];
if (kept?.texts && areas.some(differs)) {
  const words = document.createElement("p");
  const when = new Date(kept.at).toLocaleString("ru", { dateStyle: "long", timeStyle: "short" });
  words.textContent = `В этом браузере остался несохранённый текст: ${when}.`;
  const buttons = document.createElement("div");
  buttons.className = "buttons";
  buttons.append(button("Вернуть его", () => putBack(kept.texts)), button("Убрать", () => localStorage.removeItem(key)));
  box.replaceChildren(words, buttons);
  box.hidden = false;
} else if (kept && !form.querySelector("[role=alert]")) {
  localStorage.removeItem(key);
}

let timer;
form?.addEventListener("input", (event) => {
  if (!event.target.matches("textarea")) return;
  clearTimeout(timer);
  timer = setTimeout(write, 500);
});
form?.addEventListener("submit", write);
