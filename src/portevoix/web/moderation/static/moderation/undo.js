// The time that is left to undo, second by second.
const form = document.querySelector(".pv-undo");

if (form) {
  const until = Date.parse(form.dataset.until);
  const words = form.querySelector("[data-countdown]");
  // Read once by screen readers: the seconds that follow are for the eyes.
  words.setAttribute("aria-live", "off");
  const timer = setInterval(() => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left > 0) {
      words.textContent = `Rien ne part avant ${left}\u00a0seconde${left > 1 ? "s" : ""}.`;
    } else {
      clearInterval(timer);
      form.remove();
    }
  }, 1000);
}
