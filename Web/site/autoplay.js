// Figures that play without being asked: `autoplay` goes on, `autoplay="once"` plays for some seconds when it's first seen.
// For readers who want little motion, neither moves: the same time passes before the first picture.

const calm = matchMedia("(prefers-reduced-motion: reduce)");
/** Seconds that a figure plays by itself. */
const duration = 6;
/** Seconds that pass at once for readers who want little motion, in steps of a tenth. */
const still = 3;

export class Autoplay {
  #left = 0;

  /** Begins, as the attribute says; `play(on)` plays or pauses, `pass(seconds)` lets time pass. */
  constructor(text, play, pass) {
    if (text === null) return;
    play(1);
    if (calm.matches) {
      for (let passed = 0; passed < still; passed += 0.1) pass(0.1);
      play(0);
    } else if (text === "once") {
      this.#left = duration;
      this.#stop = () => play(0);
    }
  }

  #stop = () => {};

  /** The figure was on screen and played for so long. */
  passed(seconds) {
    if (this.#left <= 0) return;
    this.#left -= seconds;
    if (this.#left <= 0) this.#stop();
  }

  /** The reader has the figure in hand: from now on it plays and rests as they say. */
  end() {
    this.#left = 0;
  }
}
