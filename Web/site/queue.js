// When figures start: those that the reader is about to see at once, the others one by one, whenever the page has nothing better
// to do.

import { isLater } from "./engine.js";

/** A figure this far outside the screen starts: a screen away, so that it's there when the reader is. */
const nearby = "100% 0px";

// Safari has no idle time to offer.
const whenIdle = window.requestIdleCallback ?? ((action) => setTimeout(action, 50));

/** Figures that have not started, in the order of the page. */
const waiting = new Set();
/** Whether somebody has begun to read, and is likely to come to the other figures. */
let isRead = false;

const near = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    // Before anybody scrolls, only what can be seen is worth a request.
    if (isIntersecting && (isRead || !isLater(target.getAttribute("name")))) target.start();
  }
}, { rootMargin: nearby });
const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) if (isIntersecting) target.start();
});

function startNext() {
  const next = [...waiting].find((figure) => isRead || !isLater(figure.getAttribute("name")));
  if (!next) return;
  next.start();
  whenIdle(startNext);
}

function read() {
  isRead = true;
  removeEventListener("scroll", read, true);
  // Those that were near, and were not worth a request until now.
  for (const figure of waiting) {
    near.unobserve(figure);
    near.observe(figure);
  }
  whenIdle(startNext);
}
// Whatever scrolls: the page, or a part of it.
addEventListener("scroll", read, { capture: true, passive: true });

// A page may be printed before anybody has seen all of it.
addEventListener("beforeprint", () => {
  for (const figure of waiting) {
    for (const picture of figure.querySelectorAll("img")) picture.loading = "eager";
  }
});

/** Starts a figure when it comes near the screen, or when its turn comes. */
export function queue(figure) {
  if (waiting.size === 0) whenIdle(startNext);
  waiting.add(figure);
  near.observe(figure);
  seen.observe(figure);
}

/** Takes a figure out of the queue; returns whether it was in it. */
export function leaveQueue(figure) {
  near.unobserve(figure);
  seen.unobserve(figure);
  return waiting.delete(figure);
}
