// Hand the link named by data-share="address" to whatever the device sends with; the
// button shows up only where there is something, and the link is there without it.
if (navigator.share) {
  for (const button of document.querySelectorAll("[data-share]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-share]");
  if (!button) return;
  const { share: url, title } = button.dataset;
  try {
    await navigator.share({ title, url });
  } catch (error) {
    // Unless the person has thought better of it, the link is still to be had.
    if (error.name === "AbortError") return;
    button.closest(".share").querySelector("[data-copy]").click();
  }
});
