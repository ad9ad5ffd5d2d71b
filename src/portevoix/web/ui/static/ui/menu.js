// The menu of the neutral theme on a phone: a button that opens and closes it.
const button = document.getElementById("menu-button");
const menu = document.getElementById("menu");

function show(open) {
  menu.classList.toggle("fr-modal--opened", open);
  button.setAttribute("aria-expanded", String(open));
}

if (button && menu) {
  show(false);
  button.addEventListener("click", () => show(!menu.classList.contains("fr-modal--opened")));
  menu.querySelector(".fr-btn--close")?.addEventListener("click", () => {
    show(false);
    button.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.classList.contains("fr-modal--opened")) {
      show(false);
      button.focus();
    }
  });
}
