// Show under a field how its text will look to the tutor: button[data-preview].
for (const button of document.querySelectorAll("[data-preview]")) {
  button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-preview]");
  if (!button) return;
  const section = button.closest("section");
  const place = document.getElementById(button.getAttribute("aria-controls"));
  const area = section.querySelector("textarea");
  if (!place.hidden) {
    place.hidden = true;
    button.textContent = "Как увидит тьютор";
    return;
  }
  const body = new FormData();
  body.set("text", area.value);
  body.set("csrf_token", area.form.elements.csrf_token.value);
  const response = await fetch(button.dataset.preview, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "manual",
  }).catch(() => null);
  const page = document.createElement("template");
  const answer = await response?.json().catch(() => null);
  if (answer?.error) page.content.append(answer.error);
  else page.innerHTML = response?.ok
    ? answer?.html || "<p>Пока пусто.</p>"
    : "<p>Не получилось показать. Проверьте связь и попробуйте ещё раз.</p>";
  place.replaceChildren(page.content);
  place.hidden = false;
  place.focus();
  button.textContent = "Скрыть";
});
