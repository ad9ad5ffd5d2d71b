// Copies the private link; without the power to, the button stays hidden and the link is selectable.
const button = document.querySelector("[data-copy]");
const said = document.querySelector("[data-copied]");

if (button && navigator.clipboard) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Le lien est copié : collez-le où vous le retrouverez.";
    } catch {
      field.focus();
      said.textContent = "Le lien est sélectionné : copiez-le avec votre clavier.";
    }
  });
}
