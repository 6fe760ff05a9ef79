// The page of one figure: what stands behind the question mark of its address sets the figure's attributes.

const main = document.querySelector("main");
// Only these: an attribute can be a script too.
const known = new Set(["autoplay", "label", ...main.dataset.settings.split(" ")]);
for (const [name, value] of new URLSearchParams(location.search)) {
  if (known.has(name)) main.querySelector("chainrule-figure").setAttribute(name, value);
}
