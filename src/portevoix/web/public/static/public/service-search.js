// Proposes services while one types. Without it, the form is sent and the page proposes links.
//
// The pattern is the ARIA combobox: the focus stays in the field, arrows move in the list,
// Enter chooses, Escape closes. Choosing fills the hidden « structure », or goes to the service's
// page where the form says so (data-service-page).

const WAIT = 180;
const FEWEST = 2;

function option(service, id) {
  const item = document.createElement("li");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.code = service.code;
  const name = document.createElement("strong");
  name.textContent = service.name;
  const where = document.createElement("span");
  where.textContent = service.where;
  item.append(name, where);
  return item;
}

function enhance(root) {
  const field = root.querySelector("input[name='service']");
  const chosen = root.querySelector("input[name='structure']");
  const list = document.createElement("ul");
  const said = document.createElement("p");
  list.id = `${field.id}-propositions`;
  list.className = "pv-combobox__list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Services proposés");
  list.hidden = true;
  said.className = "fr-sr-only";
  said.setAttribute("role", "status");
  field.after(list);
  root.append(said);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  let active = -1;
  let timer = 0;
  let asked = "";

  function close() {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function show(services) {
    list.replaceChildren(...services.map((one, rank) => option(one, `${list.id}-${rank}`)));
    active = -1;
    list.hidden = services.length === 0;
    field.setAttribute("aria-expanded", String(services.length > 0));
    said.textContent =
      services.length === 0
        ? "Aucun service proposé."
        : `${services.length} services proposés, flèches pour choisir.`;
  }

  function move(step) {
    const items = [...list.children];
    if (items.length === 0) return;
    items[active]?.setAttribute("aria-selected", "false");
    active = (active + step + items.length) % items.length;
    items[active].setAttribute("aria-selected", "true");
    items[active].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", items[active].id);
  }

  function choose(item) {
    const page = root.dataset.servicePage;
    if (page) {
      window.location.assign(page.replace("CODE", encodeURIComponent(item.dataset.code)));
      return;
    }
    field.value = item.querySelector("strong").textContent;
    if (chosen) chosen.value = item.dataset.code;
    close();
  }

  async function ask(words) {
    asked = words;
    const address = `${root.dataset.serviceSearch}?mots=${encodeURIComponent(words)}`;
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      if (!response.ok) return;
      const found = await response.json();
      // Only the latest words count: an earlier answer may come later.
      if (words === asked && document.activeElement === field) show(found.services);
    } catch {
      close();
    }
  }

  field.addEventListener("input", () => {
    if (chosen) chosen.value = "";
    window.clearTimeout(timer);
    const words = field.value.trim();
    if (words.length < FEWEST) {
      close();
      return;
    }
    timer = window.setTimeout(() => ask(words), WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(list.children[active]);
    }
  });
  field.addEventListener("blur", () => window.setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("li");
    if (item) {
      event.preventDefault();
      choose(item);
    }
  });
}

document.querySelectorAll("[data-service-search]").forEach(enhance);
