// The canvas of a figure: as fine as the screen, as large as the reader's text, in the colours of the page.

import { Palette } from "./palette.js";
import { Player } from "./player.js";

/** The size of text, in CSS pixels, for which figures are drawn; a reader who has larger text gets a larger picture. */
const textSize = 16;
/** No figure is drawn for less width than this, however large the text, or it would be cut off. */
const leastWidth = 280;
/** As many dots as every browser gives a canvas. */
const mostDots = 16_000_000;

export class View {
  /** The picture. */
  canvas = document.createElement("canvas");
  /** As high as ten lines of letters: shows what size the reader's text has, and when that changes. */
  ruler = document.createElement("span");
  #host;
  #player = new Player(this.canvas);
  #palette;

  constructor(host) {
    this.#host = host;
    this.canvas.tabIndex = 0;
    this.ruler.className = "ruler";
  }

  /** The colours may have changed. */
  repaint() {
    this.#palette = undefined;
  }

  draw(figure) {
    const size = this.fit(figure);
    if (!size) return;
    this.#palette ??= new Palette(this.#host, this.ruler);
    const { width, height, scale } = size;
    this.#player.play(figure.draw(width, height), this.#palette, width, height, scale);
  }

  /** Gives the canvas the figure's height and the screen's dots; returns the size to draw for, or nothing while it has none. */
  fit(figure) {
    const { clientWidth } = this.canvas;
    if (clientWidth === 0) return undefined;
    const text = this.#text(clientWidth);
    const width = clientWidth / text;
    const height = figure.preferredHeight(width);
    const clientHeight = Math.round(height * text);
    this.canvas.style.height = `${clientHeight}px`;
    const scale = Math.min(
      (window.devicePixelRatio || 1) * this.#enlargement(clientWidth, clientHeight),
      Math.sqrt(mostDots / (clientWidth * clientHeight)));
    const [dots, lines] = [Math.round(clientWidth * scale), Math.round(clientHeight * scale)];
    if (this.canvas.width !== dots || this.canvas.height !== lines) {
      this.canvas.width = dots;
      this.canvas.height = lines;
    }
    return { width, height: clientHeight / text, scale: scale * text };
  }

  /** Where an event is, in the figure's pixels, whatever the page has done to the canvas: moved, scaled, turned, zoomed. */
  place({ offsetX, offsetY }) {
    const unit = cssZoom(this.canvas) * this.#text(this.canvas.clientWidth);
    return { x: offsetX / unit, y: offsetY / unit };
  }

  /** Calls `changed` when the canvas, the text or the screen has another size; returns what stops that. */
  watch(changed) {
    const resize = new ResizeObserver(changed);
    resize.observe(this.canvas);
    resize.observe(this.ruler);
    let screen;
    const onScreen = () => {
      screen?.removeEventListener("change", onScreen);
      screen = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      screen.addEventListener("change", onScreen);
      changed();
    };
    onScreen();
    // A page that shows slides enlarges them when its window grows.
    addEventListener("resize", changed);
    return () => {
      resize.disconnect();
      screen.removeEventListener("change", onScreen);
      removeEventListener("resize", changed);
    };
  }

  /** How much larger the text of the page is than the one that figures are drawn for. */
  #text(width) {
    const wanted = this.ruler.offsetHeight / (10 * textSize) || 1;
    return Math.min(wanted, Math.max(width / leastWidth, 1));
  }

  /** How much larger the page shows the canvas than it is laid out, by a transform for example; 1 if it is smaller. */
  #enlargement(width, height) {
    const box = this.canvas.getBoundingClientRect();
    const zoom = this.canvas.currentCSSZoom ? 1 : cssZoom(this.canvas);
    const shown = (zoom * (box.width + box.height)) / (width + height);
    return shown > 1.01 ? shown : 1;
  }
}

/** By how much the property `zoom` enlarges an element. Only WebKit has to be asked for each ancestor. */
function cssZoom(element) {
  if (element.currentCSSZoom) return element.currentCSSZoom;
  let zoom = 1;
  for (let node = element; node instanceof Element; node = node.assignedSlot ?? node.parentElement ?? node.getRootNode().host) {
    zoom *= Number(getComputedStyle(node).zoom) || 1;
  }
  return zoom;
}
