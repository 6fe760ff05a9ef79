// <chainrule-figure name="regression" learning-rate="0.01" seed="3" autoplay></chainrule-figure>
//
// A live figure in any page; this file is the only script that the page names. Attributes set the figure's parameters.
// CSS properties such as --chainrule-positive set its colours.

import { Controls } from "./controls.js";
import { isLarge, loadEngine } from "./engine.js";
import { listen } from "./input.js";
import { Palette } from "./palette.js";
import { Player } from "./player.js";
import { styles } from "./styles.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Seconds between descriptions read aloud while a figure runs. */
const descriptionPause = 4;
/** Seconds between pictures for readers who want little motion. */
const calmPause = 0.25;
/** Milliseconds between events that only say that training goes on. */
const eventPause = 250;
/** Frames whose cost is remembered. */
const frameCount = 240;
/** So far outside the screen a figure starts at once: a screen away, so that it is there when the reader is. */
const nearby = "100% 0px";

// Safari has no idle time to offer.
const whenIdle = window.requestIdleCallback ?? ((action) => setTimeout(action, 50));

class ChainruleFigure extends HTMLElement {
  /** Figures that have not started, in the order of the page. */
  static #waiting = new Set();
  /** Starts those that the reader is about to see. */
  static #near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) target.start();
  }, { rootMargin: nearby });

  /** Whether somebody has begun to read, and is likely to come to the other figures. */
  static #isRead = false;
  static {
    addEventListener("scroll", () => {
      ChainruleFigure.#isRead = true;
      whenIdle(ChainruleFigure.#startNext);
    }, { once: true, passive: true });
  }

  /** Starts others one by one, whenever the page has nothing better to do; but fetches nothing for who may go at once. */
  static #startNext = () => {
    const next = [...ChainruleFigure.#waiting].find(
      (figure) => ChainruleFigure.#isRead || !isLarge(figure.getAttribute("name")));
    if (!next) return;
    next.start();
    whenIdle(ChainruleFigure.#startNext);
  };

  #figure;
  #controls;
  #canvas;
  #player;
  #palette;
  #description;
  #observers = [];
  #request = 0;
  #lastFrame = 0;
  #lastPicture = 0;
  #lastDescription = 0;
  #onScreen = false;
  #changed = true;
  #frameTimes = [];
  #told = { stage: 0, steps: 0, playing: false, time: 0 };
  #onTheme = () => this.#repaint();
  #onVisibility = () => this.#wake();
  #onPrint = ({ type }) => this.#print(type === "beforeprint");

  connectedCallback() {
    if (!this.shadowRoot) {
      this.attachShadow({ mode: "open" });
      this.shadowRoot.adoptedStyleSheets = [styles];
    }
    if (ChainruleFigure.#waiting.size === 0) whenIdle(ChainruleFigure.#startNext);
    ChainruleFigure.#waiting.add(this);
    ChainruleFigure.#near.observe(this);
  }

  disconnectedCallback() {
    this.#noLongerWaits();
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    for (const observer of this.#observers) observer.disconnect();
    this.#observers = [];
    dark.removeEventListener("change", this.#onTheme);
    document.removeEventListener("visibilitychange", this.#onVisibility);
    removeEventListener("beforeprint", this.#onPrint);
    removeEventListener("afterprint", this.#onPrint);
    this.#figure?.destroy();
    this.#figure = undefined;
    this.#told = { stage: 0, steps: 0, playing: false, time: 0 };
  }

  // What a page's own script can use.

  /** Steps of training so far. */
  get steps() {
    return this.#figure?.steps ?? 0;
  }

  /** The loss over the figure's points. */
  get loss() {
    return this.#figure?.loss ?? NaN;
  }

  /** The loss of the batch that the latest step learned from, before that step. */
  get batchLoss() {
    return this.#figure?.batchLoss ?? NaN;
  }

  /** Which stage of the latest step is shown: 1 batch, 2 forward, 3 loss, 4 backward, 5 update; 0 none. */
  get stage() {
    return this.#figure?.stage ?? 0;
  }

  /** A hash of all the network's weights, 16 hexadecimal digits. */
  get fingerprint() {
    return this.#figure?.fingerprint ?? "";
  }

  /** The figure's state in words. */
  get descriptionText() {
    return this.#figure?.description ?? "";
  }

  /** Main-thread milliseconds of the latest frames: training, drawing, playing. */
  get frameTimes() {
    return [...this.#frameTimes];
  }

  /** Whether the figure is ready: it has been near the screen, or was started. */
  get isReady() {
    return this.#figure !== undefined;
  }

  /** A parameter's value; undefined if there is none of this name. */
  get(name) {
    const parameter = this.#figure?.parameter(name);
    return parameter && this.#figure.value(parameter);
  }

  /** Sets a parameter; an action is done. Returns whether there is one of this name. */
  set(name, value = 1) {
    const parameter = this.#figure?.parameter(name);
    if (!parameter) return false;
    this.#figure.set(parameter, Number(value));
    this.#touch();
    return true;
  }

  /** Starts the figure now, wherever it is; it does so by itself when it comes near the screen. */
  async start() {
    if (!this.#noLongerWaits()) return;
    const name = this.getAttribute("name") ?? "";
    let engine;
    try {
      engine = await loadEngine(name);
    } catch (error) {
      this.#complain(`This figure could not start. ${error.message}`);
      return;
    }
    if (!this.isConnected || this.#figure) return;
    this.#figure = engine.create(name);
    if (!this.#figure) {
      this.#complain(`There is no figure named “${name}”. Check the attribute “name”.`);
      return;
    }
    this.#build(name);
    for (const attribute of this.attributes) this.#apply(attribute.name);
    if (this.hasAttribute("autoplay") && !calm.matches) this.set("play", 1);
    this.#observe();
    this.#controls.sync();
    this.#fit();
    this.#repaint();
    this.dispatchEvent(new CustomEvent("chainrule-ready", { bubbles: true }));
  }

  // Life

  /** Whether the figure was still to be started. */
  #noLongerWaits() {
    ChainruleFigure.#near.unobserve(this);
    return ChainruleFigure.#waiting.delete(this);
  }

  #complain(message) {
    const paragraph = document.createElement("p");
    paragraph.className = "complaint";
    paragraph.setAttribute("role", "alert");
    paragraph.textContent = message;
    this.shadowRoot.replaceChildren(paragraph);
  }

  #build(name) {
    this.#canvas = document.createElement("canvas");
    this.#canvas.tabIndex = 0;
    this.#canvas.setAttribute("role", "application");
    this.#canvas.setAttribute("aria-roledescription", "interactive figure");
    this.#canvas.setAttribute("aria-label", this.getAttribute("label") ?? `${name}, a live figure`);
    this.#canvas.setAttribute("aria-describedby", "description");
    this.#player = new Player(this.#canvas);
    this.#description = document.createElement("p");
    this.#description.id = "description";
    this.#description.className = "hidden";
    this.#description.setAttribute("aria-live", "polite");
    this.#controls = new Controls(this.#figure, (parameter, value) => {
      this.#figure.set(parameter, value);
      this.#touch();
      const detail = { name: parameter.name, value: this.#figure.value(parameter) };
      this.dispatchEvent(new CustomEvent("chainrule-change", { bubbles: true, detail }));
    });
    this.shadowRoot.replaceChildren(
      this.#controls.toolbar, this.#canvas, this.#controls.settings, keyHelp(this.#figure.keys), this.#description);
    listen(this.#canvas, () => this.#figure, () => this.#touch());
  }

  #observe() {
    const resize = new ResizeObserver(() => {
      this.#fit();
      this.#changed = true;
      this.#wake();
    });
    resize.observe(this.#canvas);
    const intersection = new IntersectionObserver((entries) => {
      this.#onScreen = entries.at(-1).isIntersecting;
      this.#wake();
    });
    intersection.observe(this.#canvas);
    const attributes = new MutationObserver((records) => {
      for (const record of records) this.#apply(record.attributeName);
    });
    attributes.observe(this, { attributes: true });
    this.#observers = [resize, intersection, attributes];
    dark.addEventListener("change", this.#onTheme);
    document.addEventListener("visibilitychange", this.#onVisibility);
    addEventListener("beforeprint", this.#onPrint);
    addEventListener("afterprint", this.#onPrint);
  }

  /** Sets the parameter that an attribute names, by number or, for a choice, by word. */
  #apply(attribute) {
    if (attribute === "style" || attribute === "class") this.#repaint();
    const parameter = this.#figure.parameter(attribute);
    const text = this.getAttribute(attribute);
    if (!parameter || parameter.kind === "action" || text === null) return;
    const word = parameter.choices.findIndex((choice) => choice.toLowerCase() === text.trim().toLowerCase());
    const value = parameter.kind === "choice" && word >= 0 ? word : Number(text);
    if (text.trim() === "" || Number.isNaN(value)) {
      console.warn(`chainrule-figure: the attribute ${attribute}="${text}" should be a number.`);
      return;
    }
    this.#figure.set(parameter, value);
    this.#touch();
  }

  // Frames

  /** Something about the figure changed: show it. */
  #touch() {
    this.#changed = true;
    this.#controls.sync();
    this.#tell();
    this.#wake();
  }

  /** Tells the page of another stage or of more steps; of steps alone only now and then while it plays. */
  #tell() {
    const { stage, steps } = this.#figure;
    const playing = this.get("play") === 1;
    const [told, time] = [this.#told, performance.now()];
    if (stage === told.stage && playing === told.playing) {
      if (steps === told.steps || (playing && time - told.time < eventPause)) return;
    }
    this.#told = { stage, steps, playing, time };
    const { loss, batchLoss } = this.#figure;
    const detail = { stage, steps, loss, batchLoss, playing };
    this.dispatchEvent(new CustomEvent("chainrule-stage", { bubbles: true, detail }));
  }

  #repaint() {
    this.#palette = undefined;
    this.#changed = true;
    this.#wake();
  }

  /** Asks for a frame, if one is needed and can be seen. */
  #wake() {
    if (this.#request || !this.#figure || !this.#onScreen || document.hidden) return;
    if (!this.#changed && !this.#figure.isRunning) return;
    this.#request = requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now) {
    this.#request = 0;
    const started = performance.now();
    if (this.#figure.isRunning) {
      // After a sleep the first frame moves by one frame's time.
      const passed = now - this.#lastFrame;
      this.#figure.advance(passed > 0 && passed < 200 ? passed / 1000 : 1 / 60);
    }
    this.#lastFrame = now;
    const running = this.#figure.isRunning;
    if (!calm.matches || !running || now - this.#lastPicture >= calmPause * 1000) {
      this.#draw();
      this.#lastPicture = now;
    }
    this.#changed = false;
    this.#frameTimes.push(performance.now() - started);
    if (this.#frameTimes.length > frameCount) this.#frameTimes.shift();
    this.#controls.sync();
    this.#tell();
    if (!running || now - this.#lastDescription > descriptionPause * 1000) {
      const text = this.#figure.description;
      if (this.#description.textContent !== text) this.#description.textContent = text;
      this.#lastDescription = now;
    }
    this.#wake();
  }

  /** Gives the canvas the figure's height and the screen's dots; returns its size, or nothing while it has none. */
  #fit() {
    const width = this.#canvas.clientWidth;
    if (width === 0) return undefined;
    const height = Math.round(this.#figure.preferredHeight(width));
    const scale = window.devicePixelRatio || 1;
    const [dots, lines] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.#canvas.width !== dots || this.#canvas.height !== lines) {
      this.#canvas.width = dots;
      this.#canvas.height = lines;
      this.#canvas.style.height = `${height}px`;
    }
    return { width, height, scale };
  }

  /** Paper is white: a figure is printed in its light colours, also one that was never on screen. */
  #print(begins) {
    this.toggleAttribute("printing", begins);
    this.#repaint();
    if (begins) this.#draw();
  }

  #draw() {
    const size = this.#fit();
    if (!size) return;
    this.#palette ??= new Palette(this);
    this.#player.play(this.#figure.draw(size.width, size.height), this.#palette, size.width, size.height, size.scale);
  }
}

function keyHelp(keys) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "Keys";
  const list = document.createElement("dl");
  for (const [key, meaning] of keys) {
    const [term, description] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = key;
    description.textContent = meaning;
    list.append(term, description);
  }
  details.append(summary, list);
  return details;
}

if (!customElements.get("chainrule-figure")) customElements.define("chainrule-figure", ChainruleFigure);
