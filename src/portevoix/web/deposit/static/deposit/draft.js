// Saves a step while it is filled in, and shows what the server read in the story.
const form = document.querySelector("form[data-draft]");
const PAUSE = 1200;
const RETRY = 5000;

let timer;
let saving = false;
let dirty = false;
let leaving = false;

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

function say(words, failed = false) {
  const place = form.querySelector("[data-saved]");
  place.textContent = words;
  place.classList.toggle("pv-saved--failed", failed);
}

async function save() {
  if (saving || !dirty) return;
  saving = true;
  dirty = false;
  try {
    const answer = await fetch(form.dataset.save, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    if (answer.status === 409) {
      say((await answer.json()).saved ?? "Ce brouillon n’existe plus.", true);
    } else if (answer.ok) {
      show(await answer.json());
    } else {
      throw new Error(String(answer.status));
    }
  } catch {
    dirty = true;
    say("Pas encore enregistré : la connexion est coupée. Gardez cette page ouverte, nous réessayons.", true);
    later(RETRY);
  }
  saving = false;
  if (dirty) later(PAUSE);
}

function show(answer) {
  say(answer.replaced ? `${answer.saved}. L’autre onglet avait un autre texte : il est gardé.` : answer.saved);
  if (answer.version !== undefined) form.elements.version.value = answer.version;
  put("conseils", answer.hints);
  put("urgence", answer.alarm);
  propose(answer.title);
}

function put(id, html) {
  const place = document.getElementById(id);
  if (!place || html === undefined) return;
  // The same words are not said twice to a screen reader.
  if (place.dataset.shown === html) return;
  place.dataset.shown = html;
  place.innerHTML = html;
}

function propose(title) {
  const idea = form.querySelector("[data-title]");
  if (!idea) return;
  idea.hidden = !title;
  idea.firstElementChild.textContent = `Titre proposé : ${title ?? ""}`;
  idea.firstElementChild.onclick = () => {
    form.elements.title.value = title;
    idea.hidden = true;
    changed(0);
    form.elements.title.focus();
  };
}

function changed(delay) {
  dirty = true;
  later(delay);
}

function count() {
  const place = form.querySelector("[data-count]");
  if (!place) return;
  const longest = Number(place.dataset.longest);
  const left = longest - form.elements.text.value.length;
  const figures = new Intl.NumberFormat("fr-FR").format(Math.abs(left));
  place.textContent =
    left < 0
      ? `${figures} ${left < -1 ? "caractères" : "caractère"} de trop : raccourcissez avant de continuer.`
      : `Il reste ${figures} ${left > 1 ? "caractères" : "caractère"}.`;
  place.classList.toggle("pv-count--over", left < 0);
}

function leave() {
  if (!dirty || leaving) return;
  // Sent even when the page is closing; a story is well under the limit of such a request.
  fetch(form.dataset.save, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
  dirty = false;
}

if (form) {
  form.addEventListener("input", (event) => {
    count();
    changed(event.target.type === "radio" || event.target.type === "checkbox" ? 300 : PAUSE);
  });
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  window.addEventListener("pagehide", leave);
  // Shown again by « back »: what the server holds may be newer than this page.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  count();
  if (form.elements.text?.value.trim()) changed(0);
}
