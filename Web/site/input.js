// What the reader does on the canvas, handed on to the figure. What the figure uses stays here: a page with keys and gestures
// of its own, such as slides, doesn't see it.

const phases = { down: 0, move: 1, up: 2, cancel: 3, hover: 4, leave: 5 };

/** Key codes, as `Key` in the Swift sources has them; a character is its own code. */
const keys = {
  ArrowLeft: 1, ArrowRight: 2, ArrowUp: 3, ArrowDown: 4, Enter: 5, Delete: 6, Backspace: 6, PageDown: 7, PageUp: 8,
  Escape: 9,
};

/** A finger that rests so long, in milliseconds, takes hold of what it touches; one that moves on at once may scroll. */
const holdTime = 150;
/** How far a finger may slip, in CSS pixels, before it counts as moving. */
const slack = 8;

/** Listens on `canvas`. `figure()` is the figure, `place(event)` where an event is on it; `touch()` is called after everything
    that may have changed it. */
export function listen(canvas, figure, place, touch) {
  let held = false; // the figure made use of the press: what moves now drags, and neither scrolls nor swipes

  const send = (phase, { x, y }, shift) => {
    const used = figure()?.pointer(phases[phase], x, y, shift) ?? false;
    touch();
    return used;
  };
  const hand = (phase, event) => {
    if (held) event.stopPropagation();
    return send(phase, place(event), event.shiftKey);
  };

  // A finger's press waits until it is clear what it means: it is lifted, rests, or moves sideways.
  let finger;
  const begin = () => {
    clearTimeout(finger.timer);
    if (finger.begun) return;
    finger.begun = true;
    held = send("down", finger.place, finger.shift);
  };
  const forget = () => {
    clearTimeout(finger?.timer);
    if (finger?.begun) send("cancel", finger.place, false);
    finger = undefined;
    held = false;
  };
  /** Whether a finger's move is the figure's; one up or down that took hold of nothing is the page's, which scrolls. */
  const isDrag = (event) => {
    if (!finger) return false;
    if (held || finger.drags) return true;
    const [dx, dy] = [Math.abs(event.clientX - finger.left), Math.abs(event.clientY - finger.top)];
    if (Math.max(dx, dy) < slack) return false;
    if (dy >= dx) {
      forget();
      return false;
    }
    begin();
    finger.drags = true;
    return true;
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary) forget(); // two fingers zoom
    if (!event.isPrimary || event.button !== 0) return;
    if (event.pointerType === "touch") {
      forget();
      finger = { place: place(event), shift: event.shiftKey, left: event.clientX, top: event.clientY };
      finger.timer = setTimeout(begin, holdTime);
      return;
    }
    held = hand("down", event);
    canvas.setPointerCapture(event.pointerId);
  });
  // When the layout changes under a pointer at rest, browsers send a move, some of them much later. It must not undo what
  // the keys chose meanwhile.
  let rest;
  const isAtRest = ({ buttons, screenX, screenY }) => {
    const before = rest;
    rest = { screenX, screenY };
    return !buttons && before?.screenX === screenX && before?.screenY === screenY;
  };
  canvas.addEventListener("pointermove", (event) => {
    if (!event.isPrimary || isAtRest(event)) return;
    if (event.pointerType !== "touch") hand(event.buttons ? "move" : "hover", event);
    else if (isDrag(event)) hand("move", event);
  });
  canvas.addEventListener("pointerup", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    if (event.pointerType === "touch") {
      if (!finger) return;
      begin();
    }
    hand("up", event);
    finger = undefined;
    held = false;
  });
  canvas.addEventListener("pointercancel", (event) => {
    if (!event.isPrimary) return;
    if (event.pointerType !== "touch") hand("cancel", event);
    forget();
  });
  canvas.addEventListener("pointerleave", (event) => {
    if (event.isPrimary && !event.buttons && event.pointerType !== "touch") hand("leave", event);
  });
  // Pointer events come first, so the figure has spoken.
  for (const type of ["touchstart", "touchmove"]) {
    canvas.addEventListener(type, (event) => {
      if (!held) return;
      event.preventDefault();
      event.stopPropagation();
    }, { passive: false });
  }

  const pressed = new Set(); // keys that the figure used, and that were not let go yet
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const character = event.key.length === 1 ? event.key.toLowerCase().codePointAt(0) : 0;
    const code = keys[event.key] ?? character;
    if (code && figure()?.key(code, event.shiftKey)) {
      pressed.add(event.code);
      event.preventDefault();
      event.stopPropagation();
      touch();
    }
  });
  canvas.addEventListener("keyup", (event) => {
    if (pressed.delete(event.code)) event.stopPropagation();
  });
  canvas.addEventListener("focus", () => {
    figure()?.focus(true);
    touch();
  });
  canvas.addEventListener("blur", () => {
    pressed.clear();
    figure()?.focus(false);
    touch();
  });
}

/** The keys that controls use by themselves. */
const controls = [
  ["input[type=range]", /^(Arrow|Page|Home$|End$)/],
  ["input[type=radio]", /^(Arrow| $)/],
  ["select", /^(?!Tab$|Escape$)/],
  ["button, summary", /^( |Enter)$/],
];

/** Keeps inside of `root` what its controls use: their keys, and a finger that drags a slider. */
export function keepInside(root) {
  for (const type of ["keydown", "keypress", "keyup"]) {
    root.addEventListener(type, (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (controls.some(([kind, used]) => event.target.matches(kind) && used.test(event.key))) event.stopPropagation();
    });
  }
  for (const type of ["pointermove", "touchmove"]) {
    root.addEventListener(type, (event) => {
      if (event.target.matches("input[type=range]")) event.stopPropagation();
    }, { passive: true });
  }
}
