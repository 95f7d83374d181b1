// Print the page by a button with data-print; without a script the browser's menu does.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
