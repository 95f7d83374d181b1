// Count the seconds on a button[data-undo]; afterwards the same button takes back.
for (const button of document.querySelectorAll("[data-undo]")) {
  const name = button.textContent;
  const end = Date.now() + Number(button.dataset.undo) * 1000;
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    button.textContent = left > 0 ? `${name} (${left})` : "Забрать обратно";
    if (left > 0) setTimeout(tick, 250);
  };
  tick();
}
