// Count down to the moment a verdict goes out: [data-held]; then nothing cancels it.
for (const held of document.querySelectorAll("[data-held]")) {
  const words = held.querySelector("[data-held-left]");
  const end = Date.now() + Number(held.dataset.held) * 1000;
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    words.textContent = left > 0 ? `уйдёт через ${left}\u00a0с` : "уходит команде";
    if (left > 0) return setTimeout(tick, 250);
    const form = held.querySelector("form");
    if (form.contains(document.activeElement)) document.getElementById("content").focus();
    form.remove();
  };
  tick();
}
