// Copy the field named by data-copy="id" and say so; the button shows up only here,
// because without a script the field is selected by hand.
const SAY_MS = 2500;

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || button.ariaDisabled) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // An address without TLS has no clipboard; the older way copies the selection.
    if (!document.execCommand("copy")) return;
  }
  const label = button.textContent;
  const status = button.parentElement.querySelector("[role=status]");
  button.textContent = "Скопировано";
  if (status) status.textContent = "Ссылка скопирована";
  // The field took the focus; a button that is disabled could not have it back.
  button.focus();
  button.ariaDisabled = "true";
  setTimeout(() => {
    button.textContent = label;
    button.ariaDisabled = null;
    if (status) status.textContent = "";
  }, SAY_MS);
});
