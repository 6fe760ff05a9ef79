// Listings that follow a figure: the lines that it runs are marked, and the numbers of the step stand below.
//
//   <pre class="listing" data-follows="regression"><code>for sample in batch {
//   <span data-stage="2">  net.forward([sample.x])  // 2. forward</span>
//   …</code></pre>
//
// A press on a line stops the figure at its stage; the same press again lets it go.

const idle = "Press Step in the figure to follow it here, or a line to see it in the figure.";

/** Where a listing's numbers stand; made at the first call. */
function numbers(listing) {
  const next = listing.nextElementSibling;
  if (next?.matches(".listing-numbers")) return next;
  const output = document.createElement("output");
  output.className = "listing-numbers";
  // The figure speaks for itself to those who listen; the same numbers a second time would only interrupt.
  output.setAttribute("aria-live", "off");
  output.textContent = idle;
  listing.after(output);
  return output;
}

/** Marks the lines of a stage, or all lines while the figure plays, and writes the numbers down. */
function show(listing, { stage, steps, batchLoss, playing }) {
  if (listing.dataset.held !== String(stage)) delete listing.dataset.held;
  listing.classList.toggle("playing", playing);
  for (const line of listing.querySelectorAll("[data-stage]")) {
    line.classList.toggle("running", Number(line.dataset.stage) === stage);
  }
  const isKnown = stage === 0 || stage > 2; // no loss before its line has run
  const loss = isKnown ? `, loss of its batch ${batchLoss.toPrecision(3)}` : "";
  numbers(listing).textContent = steps > 0 ? `Step ${steps}${loss}` : idle;
}

for (const listing of document.querySelectorAll("[data-follows]")) numbers(listing);

document.addEventListener("chainrule-stage", ({ target, detail }) => {
  for (const listing of document.querySelectorAll("[data-follows]")) {
    if (listing.dataset.follows === target.getAttribute("name")) show(listing, detail);
  }
});

document.addEventListener("click", ({ target }) => {
  const line = target.closest("[data-follows] [data-stage]");
  if (!line || !getSelection().isCollapsed) return; // a reader who selects code wants to copy it
  const listing = line.closest("[data-follows]");
  const stage = listing.dataset.held === line.dataset.stage ? "0" : line.dataset.stage;
  document.querySelector(`chainrule-figure[name="${listing.dataset.follows}"]`)?.set("stage", stage);
  listing.dataset.held = stage;
});
