// The message follows the reason, until the moderator writes in it.
export function watchMessages() {
  for (const form of document.querySelectorAll(".pv-choice form[data-likely]")) watch(form);
}

function watch(form) {
  const reason = form.querySelector("select[name=reason]");
  const message = form.querySelector("textarea[name=message]");
  let touched = message.value !== "";
  message.addEventListener("input", () => {
    touched = message.value !== "";
  });
  const follow = () => {
    const words = reason.selectedOptions[0]?.dataset.words ?? "";
    if (!touched) message.value = words;
    showContacts(form, reason.value);
  };
  reason.addEventListener("change", follow);
  const likely = form.dataset.likely;
  if (likely && !reason.value && [...reason.options].some((option) => option.value === likely)) {
    reason.value = likely;
  }
  follow();
}

function showContacts(form, urgency) {
  for (const some of form.querySelectorAll(".pv-contacts")) {
    some.hidden = urgency !== "" && some.dataset.reason !== urgency;
  }
}
