// The editor of an answer: saved at each pause, told when a colleague saved first, templates put
// where the cursor is. Without this script, the two buttons of the form do the essential.
//
// A help to writing may import `write`, `insert` and `save`, and stand in [data-editor-assistance].
const PAUSE = 1500;
const form = document.getElementById("reponse");
const text = form.elements.text;
const said = document.getElementById("enregistre");
const check = document.getElementById("controle");

let timer = 0;
let pending = null;
let changed = false;
let stopped = false;

/** Put words in a field where its cursor is, and select the first place to complete. */
export function insert(words, name = "text") {
  const field = form.elements[name];
  if (name === "text") {
    const [start, end] = [field.selectionStart, field.selectionEnd];
    const before = field.value.slice(0, start);
    const gap = before && !before.endsWith("\n") ? "\n\n" : "";
    field.setRangeText(gap + words, start, end, "end");
    selectBlank(field, start);
  } else {
    field.value = words;
    selectBlank(field, 0);
  }
  field.focus();
  touched();
}

/** Replace the whole answer. */
export function write(words) {
  text.value = words;
  selectBlank(text, 0);
  touched();
}

function selectBlank(field, from) {
  const found = /\{[^{}\n]{1,60}\}|\[à compléter[^\]\n]*\]/.exec(field.value.slice(from));
  if (found) field.setSelectionRange(from + found.index, from + found.index + found[0].length);
}

function touched() {
  changed = true;
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

/** Save now; resolves when the server has answered. One request at a time, the last words win. */
export async function save() {
  if (stopped || !changed) return;
  if (pending) {
    await pending;
    if (stopped || !changed) return;
  }
  changed = false;
  pending = send().finally(() => { pending = null; });
  await pending;
}

async function send() {
  try {
    const response = await fetch(form.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
      keepalive: true,
    });
    const answer = await response.json();
    if (response.ok) kept(answer);
    else refused(answer.problem, response.status === 409);
  } catch {
    changed = true;
    say("Pas encore enregistré : la connexion est coupée. Nous réessayons.");
    timer = setTimeout(save, 4 * PAUSE);
  }
}

function kept(answer) {
  form.elements.version.value = answer.version;
  form.elements.aside?.remove();
  check.innerHTML = answer.check;
  say(answer.saved);
}

function refused(problem, final) {
  stopped = final;
  say(problem);
  said.classList.add("pv-letter-saved--problem");
  if (!final) return;
  const link = document.createElement("a");
  link.href = location.pathname + "#mis-de-cote";
  link.textContent = "Rouvrir la page";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  said.append(" ", link);
}

function say(words) {
  said.textContent = words;
  said.classList.remove("pv-letter-saved--problem");
}

form.addEventListener("input", touched);
form.addEventListener("focusout", () => { if (changed) save(); });
form.addEventListener("submit", (event) => {
  // « Améliorer mon texte » reads the selection alone, when there is one.
  const chosen = event.submitter?.name === "ameliorer" && text.selectionEnd > text.selectionStart;
  form.elements.de.value = chosen ? text.selectionStart : "";
  form.elements.a.value = chosen ? text.selectionEnd : "";
  // The form itself carries the last words.
  clearTimeout(timer);
  stopped = true;
});
document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", () => insert(button.dataset.text, button.dataset.insert));
}
