// Tick a line of the checklist at once by its button[data-tick]; without a line the
// plain button does it.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-tick]");
  if (!button) return;
  event.preventDefault();
  const list = button.closest("[data-checklist]");
  const body = new FormData();
  body.set("csrf_token", button.form.elements.csrf_token.value);
  const response = await fetch(button.formAction, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "manual",
  }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (response?.ok) show(list, button, answer.html);
  else say(list, answer?.error ?? "Нет связи, отметка не сохранена. Попробуйте ещё раз.");
});

function say(list, words) {
  list.querySelector("[data-checklist-count]").textContent = words;
}

// The line that speaks stays, so that readers of the screen hear it change.
function show(list, button, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-checklist-items]");
  const line = button.closest("li").id;
  list.querySelector("[data-checklist-items]").replaceWith(fresh);
  say(list, page.querySelector("[data-checklist-count]").textContent);
  const reminder = document.querySelector("[data-checklist-reminder]");
  if (reminder) reminder.textContent = fresh.dataset.reminder;
  document.getElementById(line)?.querySelector("[data-tick]")?.focus();
}
