// The lines to copy: with the address at which this site is, and a button.

const site = new URL("./", import.meta.url);

for (const address of document.querySelectorAll(".address")) address.textContent = new URL(address.textContent, site).href;
for (const origin of document.querySelectorAll(".origin")) origin.textContent = site.origin;

for (const button of document.querySelectorAll("button.copy")) {
  const { textContent } = button.parentElement.querySelector("pre");
  const name = button.textContent;
  button.hidden = !navigator.clipboard;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select the lines and copy them";
    }
    setTimeout(() => (button.textContent = name), 2000);
  });
}
