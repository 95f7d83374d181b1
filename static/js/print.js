// Print what stands in a field at this moment, saved or not: [data-prints=id].
window.addEventListener("beforeprint", () => {
  for (const copy of document.querySelectorAll("[data-prints]")) {
    const words = document.getElementById(copy.dataset.prints).value.trim();
    copy.textContent = words || "не заполнено";
  }
});

// Print the page by a button with data-print; without a script the browser's menu does.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
