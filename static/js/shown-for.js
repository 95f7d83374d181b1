// Show a part with data-shown-for="field=value" only while the field has that value.
function update() {
  for (const part of document.querySelectorAll("[data-shown-for]")) {
    const [name, value] = part.dataset.shownFor.split("=");
    const field = document.querySelector(`[name="${name}"]`);
    // What was typed or refused there is never hidden.
    const typed = [...part.querySelectorAll("input")].some((input) => input.value);
    part.hidden = field.value !== value && !typed;
  }
}

document.addEventListener("change", update);
update();
