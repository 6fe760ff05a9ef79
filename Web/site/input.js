// What the reader does on the canvas, handed on to the figure.

const phases = { down: 0, move: 1, up: 2, cancel: 3, hover: 4, leave: 5 };

/** Key codes, as `Key` in the Swift sources has them; a character is its own code. */
const keys = {
  ArrowLeft: 1, ArrowRight: 2, ArrowUp: 3, ArrowDown: 4, Enter: 5, Delete: 6, Backspace: 6, PageDown: 7, PageUp: 8,
  Escape: 9,
};

/** Listens on `canvas`. `figure()` is the figure; `touch()` is called after everything that may have changed it. */
export function listen(canvas, figure, touch) {
  let held = false; // the figure made use of the press: a finger that moves drags, and does not scroll

  const send = (phase, event) => {
    const box = canvas.getBoundingClientRect();
    const used = figure()?.pointer(phases[phase], event.clientX - box.left, event.clientY - box.top, event.shiftKey);
    touch();
    return used;
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    held = send("down", event) ?? false;
    if (held || event.pointerType !== "touch") canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.isPrimary) send(event.buttons ? "move" : "hover", event);
  });
  canvas.addEventListener("pointerup", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    send("up", event);
    held = false;
  });
  canvas.addEventListener("pointercancel", (event) => {
    if (!event.isPrimary) return;
    send("cancel", event);
    held = false;
  });
  canvas.addEventListener("pointerleave", (event) => {
    if (event.isPrimary && !event.buttons) send("leave", event);
  });
  // Pointer events come first, so the figure has spoken.
  canvas.addEventListener("touchstart", (event) => held && event.preventDefault(), { passive: false });
  canvas.addEventListener("touchmove", (event) => held && event.preventDefault(), { passive: false });

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const character = event.key.length === 1 ? event.key.toLowerCase().codePointAt(0) : 0;
    const code = keys[event.key] ?? character;
    if (code && figure()?.key(code, event.shiftKey)) {
      event.preventDefault();
      touch();
    }
  });
  canvas.addEventListener("focus", () => {
    figure()?.focus(true);
    touch();
  });
  canvas.addEventListener("blur", () => {
    figure()?.focus(false);
    touch();
  });
}
