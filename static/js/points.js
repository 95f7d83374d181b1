// Count the points of a form with data-points as levels are chosen.
function count(form) {
  const sum = form.querySelector("[data-points-sum]");
  const chosen = form.querySelectorAll("[data-criterion] input:checked");
  const points = [...chosen].reduce((total, radio) => total + Number(radio.value), 0);
  sum.value = points;
  sum.classList.toggle("judgement__points--enough", points >= Number(sum.dataset.enough));
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-points]");
  if (form) count(form);
});
