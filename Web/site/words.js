// What figures take and say in words.

/** A value as the engine takes it: a choice may be named by its word. Not a number if it can't be. */
export function numberOf({ kind, choices }, value) {
  const text = String(value).trim();
  const word = choices.findIndex((choice) => choice.toLowerCase() === text.toLowerCase());
  if (kind === "choice" && word >= 0) return word;
  return text === "" ? NaN : Number(value);
}

/** What is wrong, over the still picture: the page's, or the one that lies beside this script. */
export function complaint(message, name) {
  const paragraph = document.createElement("p");
  paragraph.className = "complaint";
  paragraph.setAttribute("role", "alert");
  paragraph.textContent = message;
  const slot = document.createElement("slot");
  if (name) {
    const picture = document.createElement("img");
    picture.alt = "";
    picture.addEventListener("error", () => picture.remove());
    picture.src = new URL(`figures/${name}.svg`, import.meta.url);
    slot.append(picture);
  }
  return [paragraph, slot];
}
