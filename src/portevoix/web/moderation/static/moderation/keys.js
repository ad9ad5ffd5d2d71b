// One key a decision. They can be turned off, and are silent while one types.
const STORED = "moderation-keys";

export function watchKeys() {
  const box = document.getElementById("keys-on");
  box.checked = read() !== "off";
  box.addEventListener("change", () => write(box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (act(event.key.toLowerCase())) event.preventDefault();
  });
}

function act(key) {
  const button = document.querySelector(`button[aria-keyshortcuts="${key}"]`);
  if (button) {
    button.click();
    return true;
  }
  const choice = document.querySelector(`.pv-choice[data-key="${key}"]`);
  if (!choice) return false;
  for (const other of document.querySelectorAll(".pv-choice")) other.open = other === choice;
  const field = choice.querySelector("select, input:not([type=hidden])");
  field?.focus();
  choice.scrollIntoView({ block: "nearest" });
  return true;
}

function typing(target) {
  const box = target.tagName === "INPUT" && ["checkbox", "radio"].includes(target.type);
  return !box && target.closest("input, textarea, select, [contenteditable]") !== null;
}

function read() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

function write(value) {
  try {
    localStorage.setItem(STORED, value);
  } catch {
    // A browser that keeps nothing: the choice lasts as long as the page.
  }
}
