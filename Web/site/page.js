// What belongs to a page of this site and not to its figures: the mark in the contents, and the copy for reading offline.
// Without scripts the page is as complete.

/** So far below the top edge a section counts as the one that is read. */
const line = "-25% 0px -75% 0px";

const links = new Map();
for (const link of document.querySelectorAll(".contents a")) links.set(link.hash.slice(1), link);

const reading = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const link = links.get(target.id);
    if (!link) continue;
    if (!isIntersecting) {
      link.removeAttribute("aria-current");
      continue;
    }
    link.setAttribute("aria-current", "location");
    // In a list that scrolls by itself, the mark stays in sight; the page does not move.
    const list = link.closest("nav");
    const [row, box] = [link.getBoundingClientRect(), list.getBoundingClientRect()];
    if (list.scrollHeight > list.clientHeight && (row.top < box.top || row.bottom > box.bottom)) {
      list.scrollTop += row.top - box.top - box.height / 2;
    }
  }
}, { rootMargin: line });
for (const section of document.querySelectorAll("main > section")) reading.observe(section);

// Beside the text the contents are open; above it, on a narrow screen, they are folded, and fold again after a choice.
const list = document.querySelector(".contents details");
const isBeside = matchMedia("(min-width: 1200px)");
const unfold = () => (list.open = isBeside.matches);
isBeside.addEventListener("change", unfold);
unfold();
list.addEventListener("click", (event) => {
  if (event.target.closest("a")) unfold();
});

// What is wider than the screen scrolls sideways, and the keyboard has to get there.
const wide = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});
for (const element of document.querySelectorAll("pre, .wide, .formula")) wide.observe(element);

// The copy is fetched after everything that the reader waits for.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("sw.js"));
}
