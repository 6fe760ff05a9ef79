// The menu in a figure's corner: what its keys do, and how to take it away.

/** Builds the menu of a figure. */
export function cornerMenu(name, keys) {
  const details = document.createElement("details");
  details.className = "more";
  const summary = document.createElement("summary");
  summary.textContent = "⋯";
  summary.setAttribute("aria-label", "Keys and sharing");
  summary.title = "Keys and sharing";
  const sheet = document.createElement("div");
  sheet.append(
    link("Use it in your page", `embed.html#${name}`), link("Open on a page of its own", `figures/${name}.html`));
  if (keys.length) {
    const title = document.createElement("p");
    title.textContent = "Keys";
    const list = document.createElement("dl");
    for (const [key, meaning] of keys) {
      const [term, description] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = key;
      description.textContent = meaning;
      list.append(term, description);
    }
    sheet.append(title, list);
  }
  details.append(summary, sheet);
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    summary.focus();
  });
  details.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !details.contains(relatedTarget)) details.open = false;
  });
  return details;
}

/** A link to a page that lies beside this file. */
function link(words, address) {
  const element = document.createElement("a");
  element.textContent = words;
  element.href = new URL(address, import.meta.url);
  element.target = "_top";
  return element;
}
