// Take files that are dropped, pasted or chosen into a text: form[data-attach].
const form = document.querySelector("form[data-attach]");

function say(words, isRefused = false) {
  const state = form.querySelector("[data-state]");
  state.textContent = words;
  state.classList.toggle("field__error", isRefused);
}

async function attach(area, file) {
  say(`Вкладываем «${file.name}»…`);
  const body = new FormData();
  body.set("file", file);
  body.set("csrf_token", form.elements.csrf_token.value);
  for (const pending of form.querySelectorAll("input[name=pending]")) body.append("pending", pending.value);
  const headers = { Accept: "application/json" };
  const response = await fetch(form.dataset.attach, { method: "POST", body, headers, redirect: "manual" }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (!response?.ok || !answer) {
    const signedOut = [400, 401].includes(response?.status);
    const words = signedOut ? "Вход закончился. Войдите в другой вкладке и вложите снова." : answer?.error;
    return say(words ?? "Файл не вложен. Проверьте связь и попробуйте ещё раз.", true);
  }
  keep(answer);
  // As typing does, so that «Отменить» of the browser takes it back.
  area.focus();
  leaveHead(area);
  const words = alone(area, answer.markdown);
  if (!document.execCommand("insertText", false, words)) {
    area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  say(`Вложено: ${answer.name}. Сохранится вместе с текстом.`);
}

// A caret that nobody has moved stands before the head of a file, where nothing can stand.
function leaveHead(area) {
  const head = /^---\n[^]*?\n---(\n+|$)/.exec(area.value)?.[0].length ?? 0;
  if (area.selectionStart < head) area.setSelectionRange(head, head);
}

// A picture stands on a line of its own.
function alone(area, markdown) {
  if (!markdown.startsWith("!")) return markdown;
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  return lead + markdown + tail;
}

function keep({ token, markdown }) {
  const item = document.createElement("li");
  const pending = document.createElement("input");
  Object.assign(pending, { type: "hidden", name: "pending", value: token });
  const code = document.createElement("code");
  code.textContent = markdown;
  item.append(pending, code);
  form.querySelector("[data-pending]").append(item);
}

async function take(event, files) {
  const area = event.target.closest("textarea");
  if (!area || !files.length) return;
  event.preventDefault();
  for (const file of files) await attach(area, file);
}

// Choosing needs no mouse: the file goes where the caret is. One field is there as long
// as the page is: one of a moment might be gone before its files are chosen.
const chooser = Object.assign(document.createElement("input"), { type: "file", multiple: true });
let place;

chooser.addEventListener("change", async () => {
  for (const file of chooser.files) await attach(place, file);
  chooser.value = "";
});

for (const button of form?.querySelectorAll("[data-pick]") ?? []) {
  button.hidden = false;
  button.addEventListener("click", () => {
    place = document.getElementById(button.dataset.pick);
    chooser.click();
  });
}

form?.addEventListener("paste", (event) => take(event, [...event.clipboardData.files]));
form?.addEventListener("drop", (event) => take(event, [...event.dataTransfer.files]));
form?.addEventListener("dragover", (event) => {
  if (event.target.closest("textarea") && event.dataTransfer.types.includes("Files")) event.preventDefault();
});
