// Keep what is typed in this browser until it is saved: the texts of form[data-studio],
// texts and numbers of form[data-keep].
const form = document.querySelector("form[data-studio], form[data-keep]");
const key = form?.dataset.keep ?? `studio ${form?.dataset.studio}`;
const TYPED = form?.dataset.keep ? "textarea, input[type=text], input[type=radio]" : "textarea";
const box = form?.querySelector("[data-kept]");
const areas = [...(form?.querySelectorAll(TYPED) ?? [])];
const isRadio = ({ type }) => type === "radio";

function read() {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write() {
  const told = areas.filter((area) => !isRadio(area) || area.checked);
  const texts = Object.fromEntries(told.map((area) => [area.name, area.value]));
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
    if (differs(area, texts)) {
      if (isRadio(area)) area.checked = true;
      else area.value = texts[area.name];
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

// «1 200» is the same number as «1200».
function plain({ type }, text) {
  return type === "text" ? text.replace(/\s/g, "") : text;
}

function differs(area, texts) {
  if (!(area.name in texts)) return false;
  if (isRadio(area)) return area.value === texts[area.name] && !area.checked;
  return plain(area, area.value) !== plain(area, texts[area.name]);
}

const kept = form && read();
if (kept?.texts && areas.some((area) => differs(area, kept.texts))) {
  const words = document.createElement("p");
  const when = new Date(kept.at).toLocaleString("ru", { dateStyle: "long", timeStyle: "short" });
  words.textContent = `${box.dataset.kept || "В этом браузере остался несохранённый текст"}: ${when}.`;
  const buttons = document.createElement("div");
  buttons.className = "buttons";
  buttons.append(button(form.dataset.keep ? "Вернуть" : "Вернуть его", () => putBack(kept.texts)), button("Убрать", () => localStorage.removeItem(key)));
  box.replaceChildren(words, buttons);
  box.hidden = false;
} else if (kept && !form.querySelector("[role=alert]")) {
  localStorage.removeItem(key);
}

let timer;
form?.addEventListener("input", (event) => {
  if (!event.target.matches(TYPED)) return;
  clearTimeout(timer);
  timer = setTimeout(write, 500);
});
form?.addEventListener("submit", write);
