// Finds services while one types; the button « Chercher » does the same without scripts.
const form = document.querySelector("form[data-find]");
const place = document.getElementById("trouves");
const PAUSE = 250;

let timer;
let asked = 0;

async function find() {
  const mine = ++asked;
  const query = new URLSearchParams(new FormData(form));
  if (!query.get("q").trim()) {
    place.replaceChildren();
    return;
  }
  try {
    const answer = await fetch(`${form.dataset.find}?${query}`);
    const html = await answer.text();
    // An answer that comes late says nothing of what is typed now.
    if (answer.ok && mine === asked) place.innerHTML = html;
  } catch {
    // The button remains.
  }
}

if (form && place) {
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    find();
  });
}
