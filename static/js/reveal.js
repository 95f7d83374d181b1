// Put a button under each field with data-reveal that shows what is typed.
for (const field of document.querySelectorAll("[data-reveal]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--link reveal";
  button.setAttribute("aria-controls", field.id);
  button.dataset.reveals = field.id;
  button.textContent = "Показать пароль";
  field.after(button);
}

document.addEventListener("click", (event) => {
  const id = event.target.dataset.reveals;
  if (!id) return;
  const field = document.getElementById(id);
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  event.target.textContent = shown ? "Показать пароль" : "Скрыть пароль";
});

// A browser would remember a shown password like any other text.
document.addEventListener("submit", (event) => {
  for (const field of event.target.querySelectorAll("[data-reveal]")) {
    field.type = "password";
  }
});
