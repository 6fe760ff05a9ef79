// <chainrule-figure name="regression" learning-rate="0.01" seed="3" autoplay></chainrule-figure>
//
// A live figure in any page; this file is the only script that the page names. Attributes set the figure's parameters.
// CSS properties such as --chainrule-positive set its colours. What stands between the tags, a still picture, is shown until
// the figure is there.

import { Autoplay } from "./autoplay.js";
import { Controls } from "./controls.js";
import { loadEngine } from "./engine.js";
import { keepInside, listen } from "./input.js";
import { cornerMenu } from "./menu.js";
import { Parking } from "./parking.js";
import { leaveQueue, queue } from "./queue.js";
import { styles } from "./styles.js";
import { View } from "./view.js";
import { complaint, numberOf } from "./words.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const schemes = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) => matchMedia(query));

/** Seconds between descriptions read aloud while a figure runs. */
const descriptionPause = 4;
/** Seconds between pictures for readers who want little motion. */
const calmPause = 0.25;
/** Milliseconds between events that only say that training goes on. */
const eventPause = 250;
/** Frames whose cost is remembered. */
const frameCount = 240;
/** What the page was last told of a figure that has told nothing. */
const nothingTold = { stage: 0, steps: 0, playing: false, time: 0 };

class ChainruleFigure extends HTMLElement {
  #figure;
  #defaults;
  #autoplay;
  #controls;
  #view;
  #description;
  #content;
  #attributes;
  #stops = [];
  #request = 0;
  #lastFrame = 0;
  #lastPicture = 0;
  #lastDescription = 0;
  #onScreen = false;
  #changed = true;
  #frameTimes = [];
  #told = nothingTold;
  #reached = new Set();

  connectedCallback() {
    if (!this.shadowRoot) this.#prepare();
    if (this.#figure) {
      // It was moved to another place in the page, or put back.
      Parking.leave(this.#figure);
      this.#observe();
    } else {
      queue(this);
    }
  }

  disconnectedCallback() {
    leaveQueue(this);
    this.#sleep();
    if (this.#figure) Parking.enter(this.#figure, this);
  }

  /** Without it, `moveBefore` would take the figure out of the page and put it back. */
  connectedMoveCallback() {}

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

  /** The names of the goals that were met since the figure started. */
  get reachedGoals() {
    return [...this.#reached];
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

  /** Sets a parameter, by number or, for a choice, by word; an action is done. Returns whether that was possible. */
  set(name, value = 1) {
    const parameter = this.#figure?.parameter(name);
    const number = parameter ? numberOf(parameter, value) : NaN;
    if (Number.isNaN(number)) return false;
    this.#figure.set(parameter, number);
    this.#touch();
    return true;
  }

  /** Starts the figure now, wherever it is; it does so by itself when it comes near the screen. */
  async start() {
    if (!leaveQueue(this)) return;
    const name = this.getAttribute("name") ?? "";
    let engine;
    try {
      engine = await loadEngine(name);
    } catch (error) {
      this.#complain(`This figure could not start. ${error.message}`, name);
      return;
    }
    if (!this.isConnected || this.#figure || name !== (this.getAttribute("name") ?? "")) return;
    this.#figure = engine.create(name);
    if (!this.#figure) {
      this.#complain(name
        ? `There is no figure named “${name}”. Check the attribute “name”.`
        : "This figure has no name. Set the attribute “name”.");
      return;
    }
    this.#build(name);
    const last = ["name", "autoplay"]; // to play comes after all that starts anew
    for (const { name } of this.attributes) if (!last.includes(name)) this.#apply(name);
    this.#apply("autoplay");
    this.#observe();
    this.#controls.sync();
    this.#view.fit(this.#figure);
    this.#repaint();
    this.dispatchEvent(new CustomEvent("chainrule-ready", { bubbles: true }));
  }

  /** Gives up the figure and its state. The element calls this when there is no more room for figures outside the page. */
  forget() {
    this.#sleep();
    if (this.#figure) {
      Parking.leave(this.#figure);
      this.#figure.destroy();
    }
    this.#figure = undefined;
    this.#told = nothingTold;
    this.#reached.clear();
    this.#content?.replaceChildren(document.createElement("slot"));
  }

  // Life

  #prepare() {
    this.attachShadow({ mode: "open" });
    this.shadowRoot.adoptedStyleSheets = [styles];
    this.#content = document.createElement("div");
    this.#content.className = "figure";
    // The words in it are English and run from left to right in any page.
    Object.assign(this.#content, { lang: "en", dir: "ltr" });
    this.shadowRoot.append(this.#content);
    keepInside(this.#content);
    this.#attributes = new MutationObserver((records) => {
      for (const { attributeName, oldValue } of records) {
        if (attributeName !== "name") this.#apply(attributeName);
        else if (oldValue !== this.getAttribute("name")) this.#rename();
      }
    });
    this.#attributes.observe(this, { attributes: true, attributeOldValue: true });
    this.forget();
  }

  #complain(message, name) {
    this.#content.replaceChildren(...complaint(message, name));
  }

  #build(name) {
    this.#defaults = new Map(this.#figure.parameters.map((parameter) => [parameter, this.#figure.value(parameter)]));
    this.#view = new View(this);
    const { canvas, ruler } = this.#view;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-roledescription", "interactive figure");
    canvas.setAttribute("aria-label", this.getAttribute("label") ?? `${name}, a live figure`);
    canvas.setAttribute("aria-describedby", "description");
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
    this.#content.replaceChildren(
      this.#controls.toolbar, canvas, this.#controls.settings, cornerMenu(name, this.#figure.keys), this.#description, ruler);
    for (const type of ["pointerdown", "keydown"]) this.#content.addEventListener(type, () => this.#autoplay?.end(), true);
    listen(canvas, () => this.#figure, (event) => this.#view.place(event), () => this.#touch());
  }

  #observe() {
    this.#stops.push(this.#view.watch(() => {
      this.#view.fit(this.#figure);
      this.#changed = true;
      this.#wake();
    }));
    const intersection = new IntersectionObserver((entries) => {
      this.#onScreen = entries.at(-1).isIntersecting;
      this.#wake();
    });
    intersection.observe(this.#view.canvas);
    this.#stops.push(() => intersection.disconnect());
    for (const scheme of schemes) this.#listen(scheme, "change", () => this.#repaint());
    this.#listen(document, "visibilitychange", () => this.#wake());
    this.#listen(window, "beforeprint", () => this.#print(true));
    this.#listen(window, "afterprint", () => this.#print(false));
  }

  /** Listens until the figure leaves the page. */
  #listen(target, type, action) {
    target.addEventListener(type, action);
    this.#stops.push(() => target.removeEventListener(type, action));
  }

  /** Draws nothing and listens to nothing, until it is observed again. */
  #sleep() {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#onScreen = false;
    for (const stop of this.#stops.splice(0)) stop();
  }

  /** Does what an attribute says; without it a parameter has its default. */
  #apply(attribute) {
    if (!this.#figure) return;
    const text = this.getAttribute(attribute);
    if (attribute === "style" || attribute === "class") this.#repaint();
    if (attribute === "label") this.#view.canvas.setAttribute("aria-label", text ?? `${this.getAttribute("name")}, a live figure`);
    if (attribute === "autoplay") {
      this.#autoplay = new Autoplay(text, (on) => this.set("play", on), (seconds) => this.#figure.advance(seconds));
    }
    const parameter = this.#figure.parameter(attribute);
    if (!parameter || parameter.kind === "action") return;
    if (!this.set(attribute, text ?? this.#defaults.get(parameter))) {
      const wanted = parameter.kind === "choice" ? `one of ${parameter.choices.join(", ")}` : "a number";
      console.warn(`chainrule-figure: the attribute ${attribute}="${text}" should be ${wanted}.`);
    }
  }

  /** Another name is another figure, which starts when it comes near the screen. */
  #rename() {
    this.forget();
    if (this.isConnected) queue(this);
  }

  // Frames

  /** Something about the figure changed: show it. */
  #touch() {
    this.#changed = true;
    this.#controls.sync();
    this.#tell();
    this.#notice();
    this.#wake();
  }

  /** Tells the page of another stage or of more steps; of steps alone only now and then while it plays. */
  #tell() {
    const { stage, steps } = this.#figure;
    const playing = this.get("play") === 1;
    const told = this.#told;
    if (stage === told.stage && playing === told.playing) {
      if (steps === told.steps || (playing && performance.now() - told.time < eventPause)) return;
    }
    const { loss, batchLoss } = this.#figure;
    const detail = { stage, steps, loss, batchLoss, playing };
    // The pause begins when the event is there: the loss over all samples takes time.
    this.#told = { stage, steps, playing, time: performance.now() };
    this.dispatchEvent(new CustomEvent("chainrule-stage", { bubbles: true, detail }));
  }

  /** Tells the page of a goal, once. */
  #notice() {
    this.#figure.reachedGoals((name) => {
      if (this.#reached.has(name)) return;
      this.#reached.add(name);
      this.dispatchEvent(new CustomEvent("chainrule-goal", { bubbles: true, detail: { name } }));
    });
  }

  #repaint() {
    this.#view.repaint();
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
    const wasRunning = this.#figure.isRunning;
    if (wasRunning) {
      // After a sleep the first frame moves by one frame's time.
      const passed = now - this.#lastFrame;
      const seconds = passed > 0 && passed < 200 ? passed / 1000 : 1 / 60;
      this.#figure.advance(seconds);
      this.#autoplay.passed(seconds);
    }
    this.#lastFrame = now;
    const running = this.#figure.isRunning;
    if (!calm.matches || !running || now - this.#lastPicture >= calmPause * 1000) {
      this.#view.draw(this.#figure);
      this.#lastPicture = now;
    }
    this.#changed = false;
    this.#frameTimes.push(performance.now() - started);
    if (this.#frameTimes.length > frameCount) this.#frameTimes.shift();
    this.#controls.sync();
    this.#tell();
    if (wasRunning) this.#notice();
    if (!running || now - this.#lastDescription > descriptionPause * 1000) {
      const text = this.#figure.description;
      if (this.#description.textContent !== text) this.#description.textContent = text;
      this.#lastDescription = now;
    }
    this.#wake();
  }

  /** Paper is white: a figure is printed in its light colours, also one that was never on screen. */
  #print(begins) {
    this.toggleAttribute("printing", begins);
    this.#repaint();
    if (begins) this.#view.draw(this.#figure);
  }
}

if (!customElements.get("chainrule-figure")) customElements.define("chainrule-figure", ChainruleFigure);
