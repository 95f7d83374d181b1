// Show anew, every few seconds, the part that has data-refresh="seconds", as long as
// the page that the server sends says so. Whoever is busy inside is not disturbed.
async function refresh(part) {
  const busy = document.hidden || part.matches(":focus-within, :has(details[open])");
  if (!busy) {
    const answer = await fetch(window.location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(part.id);
    if (!fresh) return;
    part.replaceWith(fresh);
    part = fresh;
  }
  later(part);
}

function later(part) {
  const seconds = Number(part.dataset.refresh);
  if (seconds) setTimeout(() => refresh(part).catch(() => later(part)), seconds * 1000);
}

for (const part of document.querySelectorAll("[data-refresh]")) {
  later(part);
}
