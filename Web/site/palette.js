// Colours by role. A role's colour is the CSS property --chainrule-ROLE of the element, so dark mode and the author of a
// page can change it.

/** In the order of `Role` in the Swift sources. */
export const roles = [
  "background", "surface", "ink", "muted", "axis", "grid", "accent", "positive", "negative", "curve", "focus",
  "warning", "series1", "series2", "series3", "series4", "series5",
  "class1", "class2", "class3",
];

export class Palette {
  #ramps = new Map();

  /** The colours of `element`; what the page may say in other words, such as CanvasText, `probe` turns into numbers. */
  constructor(element, probe) {
    const style = getComputedStyle(element);
    this.font = style.getPropertyValue("--chainrule-font").trim() || "system-ui, sans-serif";
    const computed = getComputedStyle(probe);
    this.colors = roles.map((role) => {
      probe.style.color = `var(--chainrule-${role}, #888)`;
      return computed.color;
    });
  }

  /** 256 colours from `low` through the surface to `high`, as RGBA in one 32-bit number each. */
  ramp(low, high) {
    const key = low * roles.length + high;
    let ramp = this.#ramps.get(key);
    if (!ramp) {
      const [from, middle, to] = [low, 1, high].map((role) => components(this.colors[role]));
      ramp = new Uint32Array(256);
      const bytes = new Uint8ClampedArray(ramp.buffer);
      for (let level = 0; level < 256; level++) {
        const share = Math.abs(level - 127.5) / 127.5;
        const end = level < 128 ? from : to;
        for (let i = 0; i < 3; i++) bytes[4 * level + i] = middle[i] + (end[i] - middle[i]) * share;
        bytes[4 * level + 3] = 255;
      }
      this.#ramps.set(key, ramp);
    }
    return ramp;
  }
}

/** Red, green and blue of any CSS colour, by painting a dot with it. */
function components(color) {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data;
}
