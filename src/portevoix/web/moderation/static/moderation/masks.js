// Ticking what to hide: in the list, by a click on the text, or by selecting words. The preview is
// made by the server, which hides exactly as it will publish.
const KIND = "PERSON";

export function watchMasks() {
  const list = document.querySelector("[data-masks]");
  list.addEventListener("change", refresh);
  for (const part of document.querySelectorAll("[data-part]:not(input)")) {
    part.addEventListener("click", (event) => toggle(event, part.dataset.part));
    part.addEventListener("mouseup", () => offer(part));
  }
}

let waiting;
function refresh() {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const shown = document.getElementById("preview");
    const form = document.getElementById("decision");
    const answer = await fetch(shown.dataset.address, { method: "POST", body: new FormData(form) });
    if (answer.ok) shown.innerHTML = await answer.text();
  }, 150);
}

function toggle(event, part) {
  const mark = event.target.closest("mark");
  if (!mark || !getSelection().isCollapsed) return;
  const start = Number(mark.dataset.start);
  const box = [...document.querySelectorAll(`[data-masks] input[data-part="${part}"]`)].find(
    (each) => Number(each.dataset.start) <= start && start < Number(each.dataset.end),
  );
  if (!box) return;
  box.checked = !box.checked;
  refresh();
}

// A button beside the selection: nothing is hidden without being asked.
function offer(part) {
  document.getElementById("hide-selection")?.remove();
  const selection = getSelection();
  const words = selection.toString().trim();
  if (!words || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const start = place(range.startContainer, range.startOffset);
  const end = place(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return;
  const button = document.createElement("button");
  button.type = "button";
  button.id = "hide-selection";
  button.className = "fr-btn fr-btn--sm";
  button.textContent = "Masquer la sélection";
  button.addEventListener("click", () => {
    add(part.dataset.part, start, end, words);
    button.remove();
    selection.removeAllRanges();
  });
  part.after(button);
}

// Where a point of the page stands in the text, in characters as the server counts them.
function place(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const piece = element.closest("[data-start]");
  if (!piece || element.closest(".fr-sr-only")) return null;
  const text = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : "";
  return Number(piece.dataset.start) + [...text].length;
}

function add(part, start, end, words) {
  const chosen = document.querySelector("select[name=kind]");
  const kind = chosen?.value || KIND;
  const label = chosen?.selectedOptions[0]?.textContent ?? "";
  const row = document.getElementById("mask-row").content.cloneNode(true);
  const box = row.querySelector("input");
  box.value = `${part}-${start}-${end}-${kind}`;
  box.id = `mask-${box.value}`;
  Object.assign(box.dataset, { part, start, end });
  row.querySelector("label").htmlFor = box.id;
  row.querySelector("q").textContent = words;
  row.querySelector(".pv-mask").textContent = label;
  const list = document.querySelector("[data-masks]");
  list.querySelector(".pv-masks__none")?.remove();
  list.append(row);
  refresh();
}
