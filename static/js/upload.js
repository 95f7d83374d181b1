// Send chosen files at once and show how far each one is.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-upload]");
  if (!button) return;
  const input = button.form.elements.file;
  if (!input.files.length) return;
  event.preventDefault();
  const line = button.closest("section").querySelector("[data-progress]");
  send(button, [...input.files], line);
});

function send(button, files, line) {
  const body = new FormData();
  body.set("csrf_token", button.form.elements.csrf_token.value);
  for (const file of files) body.append("file", file);
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.setAttribute("aria-label", "Загрузка файлов");
  const words = document.createElement("span");
  line.replaceChildren(bar, words);
  const request = new XMLHttpRequest();
  request.open("POST", button.formAction);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (step) => {
    if (!step.lengthComputable) return;
    bar.value = Math.round((100 * step.loaded) / step.total);
    words.textContent = ` ${bar.value} %`;
  });
  request.addEventListener("load", () => finish(button, line, request));
  request.addEventListener("error", () => {
    line.textContent = "Связь прервалась, файл не загружен. Нажмите «Приложить» ещё раз.";
  });
  request.send(body);
}

async function finish(button, line, request) {
  if (request.status !== 200) {
    line.textContent = problem(request);
    return;
  }
  line.textContent = "Файл приложен.";
  // Only the list of files is renewed: what is being typed stays as it is.
  const page = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  const parsed = new DOMParser().parseFromString(await page.text(), "text/html");
  const fresh = parsed.getElementById("files");
  if (!fresh) return;
  fresh.querySelector("[data-progress]").textContent = line.textContent;
  document.getElementById("files").replaceWith(fresh);
}

function problem(request) {
  try {
    return JSON.parse(request.responseText).error;
  } catch {
    return "Файл не загружен. Он больше 20 МБ, или вход закончился.";
  }
}
