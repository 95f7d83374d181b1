// Show beside a text what it will look like: form[data-look]; Ctrl+S saves the form.
const form = document.querySelector("form[data-look]");
const place = form?.querySelector("[data-sketch]");
const state = form?.querySelector("[data-state]");
const PAUSE_MS = 900;
const SIGNED_OUT = "Вход закончился. Войдите в другой вкладке: набранное остаётся здесь.";
const BROKEN = "Предпросмотр не ответил. Проверьте связь: набранное остаётся здесь.";
let timer;
let isBusy = false;
let isStale = false;

// One question at a time: what is typed meanwhile is asked about after the answer.
async function draw() {
  if (isBusy) {
    isStale = true;
    return;
  }
  isBusy = true;
  isStale = false;
  const body = new FormData(form);
  body.delete("media");
  const headers = { Accept: "application/json" };
  const response = await fetch(form.dataset.look, { method: "POST", body, headers, redirect: "manual" }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (response?.ok && answer) {
    const top = place.parentElement.scrollTop;
    const before = pieces().map(({ textContent }) => textContent);
    const open = openParts();
    place.innerHTML = answer.html;
    for (const part of parts()) part.open = open.has(part.dataset.part);
    place.parentElement.scrollTop = top;
    follow(pieces().find(({ textContent }, at) => textContent !== before[at]));
    state.textContent = "Показано набранное, оно ещё не сохранено.";
  } else {
    state.textContent = [400, 401].includes(response?.status) ? SIGNED_OUT : answer?.error ?? BROKEN;
  }
  isBusy = false;
  if (isStale) soon();
}

function pieces() {
  return [...place.querySelectorAll(".prose--lesson > *, [data-part] .prose > *")];
}

function parts() {
  return [...place.querySelectorAll("[data-part]")];
}

// The assignment and the self-check stay open, and open while their text is typed.
function openParts() {
  const open = parts().filter((part) => part.open);
  return new Set([...open.map(({ dataset }) => dataset.part), document.activeElement.id]);
}

// What was typed is in sight beside the text; the page itself stays where it is.
function follow(piece) {
  if (!piece) return;
  const panel = place.parentElement.getBoundingClientRect();
  const { top, bottom } = piece.getBoundingClientRect();
  if (top < panel.top || bottom > panel.bottom)
    place.parentElement.scrollTop += top - panel.top - panel.height / 3;
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(draw, PAUSE_MS);
}

form?.addEventListener("input", (event) => {
  if (event.target.matches("textarea")) soon();
});

document.addEventListener("keydown", (event) => {
  if (form && (event.ctrlKey || event.metaKey) && event.code === "KeyS") {
    event.preventDefault();
    form.requestSubmit();
  }
});
