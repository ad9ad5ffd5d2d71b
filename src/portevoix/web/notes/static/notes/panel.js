/* The panel beside a note: takes the focus when it opens, gives it back when it closes. */

const panel = document.getElementById("panneau");
let opener = null;

function close() {
  panel.replaceChildren();
  panel.classList.remove("pv-panel--open");
  opener?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".pv-count");
  if (link && !panel.contains(link)) {
    opener = link;
  }
  if (event.target.closest("[data-panel-close]")) {
    event.preventDefault();
    close();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel.childElementCount) {
    close();
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target === panel) {
    panel.classList.add("pv-panel--open");
    panel.scrollTop = 0;
    panel.querySelector("[data-panel-title]")?.focus();
  }
});
