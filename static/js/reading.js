// A long lesson: how much is left, and where it was left the last time: data-reading.
const shown = document.querySelector("[data-reading]");

function readPlace(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function storePlace(key, id) {
  try {
    if (id) localStorage.setItem(key, id);
    else localStorage.removeItem(key);
  } catch {
    // It is only a convenience.
  }
}

if (shown) {
  const { reading: key, minutes } = shown.dataset;
  const text = document.querySelector(".prose--lesson");
  const headings = [...text.querySelectorAll("h2[id]")];
  const bar = shown.querySelector("progress");
  const words = shown.querySelector("[data-left]");
  const back = shown.querySelector("[data-back]");

  const heading = document.getElementById(readPlace(key) ?? "");
  if (heading && !location.hash && headings.includes(heading)) {
    back.href = `#${heading.id}`;
    back.textContent = `Вы остановились на «${heading.textContent.trim()}»`;
    back.hidden = false;
  }

  const measure = () => {
    const box = text.getBoundingClientRect();
    const seen = Math.min(1, Math.max(0, (innerHeight - box.top) / box.height));
    const left = Math.ceil((1 - seen) * Number(minutes));
    bar.value = seen;
    if (scrollY > innerHeight / 2) back.hidden = true;
    words.textContent = left ? `осталось около ${left} мин` : "прочитано до конца";
    const passed = headings.filter((h) => h.getBoundingClientRect().top < innerHeight / 3);
    if (scrollY > 0) storePlace(key, left && passed.length > 1 ? passed.at(-1).id : "");
  };

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      measure();
    });
  };
  shown.hidden = false;
  document.addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  measure();
}
