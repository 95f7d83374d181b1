// Send chosen files in pieces, by button[data-upload], and show how far each one is;
// a photo from input[data-camera] goes by itself.
// After a broken line the site is asked how much it has, and the file goes on from there.
const PIECE = 512 * 1024;
const PAUSE_MS = 4000;
const SIGNED_OUT = "Вход закончился. Войдите в другой вкладке и нажмите «Приложить» ещё раз: что загрузилось, не пропадёт.";

let busy = false;

class Refusal extends Error {}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-upload]");
  if (!button) return;
  const inputs = [...button.form.querySelectorAll("input[name=file]")];
  const files = inputs.flatMap((input) => [...input.files]);
  if (!files.length) return;
  event.preventDefault();
  if (!busy) sendAll(button, files);
});

// Whoever takes a photo has nothing else to choose.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-camera]")) return;
  event.target.form.querySelector("[data-upload]").click();
});

async function sendAll(button, files) {
  const line = button.closest("section").querySelector("[data-progress]");
  busy = true;
  const problems = [];
  for (const file of files) {
    try {
      await send(button, file, progress(line, file));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push(error.message);
    }
  }
  busy = false;
  const done = files.length > 1 ? "Файлы приложены." : "Файл приложен.";
  await renew(line, problems.join(" ") || done, problems.length > 0);
}

function progress(line, file) {
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `Загрузка: ${file.name}`);
  // The bar speaks for itself; only what a person should know is told aloud.
  const count = document.createElement("span");
  count.setAttribute("aria-hidden", "true");
  const words = document.createElement("span");
  line.replaceChildren(bar, count, words);
  return (offset, sentence = "") => {
    bar.value = Math.floor((100 * offset) / file.size);
    count.textContent = ` ${file.name}: ${bar.value} %. `;
    if (words.textContent !== sentence) words.textContent = sentence;
  };
}

async function send(button, file, show) {
  const promise = new FormData();
  promise.set("name", file.name);
  promise.set("size", file.size);
  promise.set("mark", file.lastModified);
  const token = () => button.form.elements.csrf_token.value;
  const ask = (url, options) => request(url, token(), options, () => show(offset, BROKEN));
  let offset = 0;
  const upload = await ask(button.dataset.upload, { method: "POST", body: promise });
  offset = upload.offset;
  for (;;) {
    show(offset, offset === upload.offset && offset ? "Продолжаем с того же места." : "");
    const answer = offset < file.size
      ? await ask(`${upload.append}?offset=${offset}`, { method: "POST", body: file.slice(offset, offset + PIECE) })
      : await ask(upload.finish, { method: "POST" });
    if (answer.added) return;
    offset = answer.offset;
  }
}

const BROKEN = "Связь прервалась. Загрузка продолжится сама, когда связь вернётся.";

// Repeat a request until there is an answer. A piece whose answer was lost is refused
// the second time, with the offset from which to go on.
async function request(url, token, options, broken) {
  for (;;) {
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    if (options.body instanceof Blob) headers["Content-Type"] = "application/octet-stream";
    const response = await fetch(url, { ...options, headers, redirect: "manual" }).catch(() => null);
    if (response && response.status < 500 && response.type !== "opaqueredirect") {
      const answer = await response.json().catch(() => ({}));
      if (response.ok || "offset" in answer) return answer;
      if ([400, 401].includes(response.status)) throw new Refusal(SIGNED_OUT);
      throw new Refusal(answer.error ?? "Файл не загружен.");
    }
    broken();
    await line();
  }
}

// Wait for the line, or for a while: it may be the site that is away.
function line() {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MS);
    window.addEventListener("online", resolve, { once: true });
  });
}

// Only the list of files is renewed: what is being typed stays as it is, and whoever
// pressed the button is still on it.
async function renew(line, words, isRefused) {
  say(line, words, isRefused);
  const page = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!page?.ok) return;
  const parsed = new DOMParser().parseFromString(await page.text(), "text/html");
  const fresh = parsed.getElementById("files");
  if (!fresh) return;
  const stale = document.getElementById("files");
  const wasHere = stale.contains(document.activeElement);
  stale.replaceWith(fresh);
  say(fresh.querySelector("[data-progress]"), words, isRefused);
  if (wasHere) fresh.querySelector("[data-upload]").focus();
}

function say(line, words, isRefused) {
  line.textContent = words;
  line.classList.toggle("field__error", isRefused);
}
