// Send form[data-thread-form] and stay on the page: other texts may be half written.
// Tell the site by itself, once form[data-seen] is on the screen, what was read.
const PAGE = { credentials: "same-origin", headers: { Accept: "text/html" } };

function threadIn(text) {
  return new DOMParser().parseFromString(text, "text/html").querySelector("[data-thread]");
}

// What a person hears of it; the line itself is there before its words.
function tell(thread, words) {
  const line = document.createElement("p");
  line.className = "small muted";
  line.role = "status";
  thread.append(line);
  requestAnimationFrame(() => { line.textContent = words; });
}

function putInPlace(old, fresh, isSent) {
  old.replaceWith(fresh);
  watch(fresh);
  if (!("waits" in fresh.dataset)) document.querySelector("[data-thread-waits]")?.remove();
  if (!isSent) {
    fresh.querySelector("[aria-invalid=true]")?.focus();
    return;
  }
  fresh.querySelector(".message:last-child")?.scrollIntoView({ block: "nearest" });
  fresh.querySelector("textarea")?.focus({ preventScroll: true });
  tell(fresh, "Сообщение отправлено.");
}

async function send(form) {
  const thread = form.closest("[data-thread]");
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { ...PAGE, method: "POST", body: new FormData(form) });
    const fresh = threadIn(await answer.text());
    // Without a thread in it the answer is a page of its own: the sign-in has ended.
    if (fresh) putInPlace(thread, fresh, answer.redirected);
    else form.submit();
  } catch {
    tell(thread, "Нет связи. Сообщение осталось в поле, отправьте его ещё раз.");
  } finally {
    button.disabled = false;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-thread-form]");
  if (!form) return;
  event.preventDefault();
  send(form);
});

// «Прошу пояснить» beside a review: the form is on this page already.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-about]");
  const about = document.querySelector("[data-thread-form] [name=about]");
  if (!link || !about) return;
  event.preventDefault();
  about.value = link.dataset.about;
  about.form.querySelector("textarea").focus();
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("[data-thread-form]");
  if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
});

async function markSeen(form) {
  const told = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
  const answer = await fetch(form.action, { credentials: "same-origin", ...told }).catch(() => null);
  if (!answer?.ok) return;
  if (form.contains(document.activeElement)) {
    form.closest("[data-thread]").querySelector("textarea")?.focus();
  }
  form.remove();
}

const sight = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    sight.unobserve(target);
    markSeen(target);
  }
});

function watch(root) {
  for (const form of root.querySelectorAll("[data-seen]")) sight.observe(form);
}

watch(document);
