// <chainrule-figure name="regression" learning-rate="0.01" seed="3" autoplay></chainrule-figure>
//
// A live figure in any page; this file is the only script that the page names. Attributes set the figure's parameters.
// CSS properties such as --chainrule-positive set its colours. What stands between the tags, a still picture, is shown until
// the figure is there.

import { Controls, keyHelp } from "./controls.js";
import { isLater, loadEngine } from "./engine.js";
import { keepInside, listen } from "./input.js";
import { Parking } from "./parking.js";
import { styles } from "./styles.js";
import { View } from "./view.js";

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
/** So far outside the screen a figure starts at once: a screen away, so that it is there when the reader is. */
const nearby = "100% 0px";
/** What the page was last told of a figure that has told nothing. */
const nothingTold = { stage: 0, steps: 0, playing: false, time: 0 };

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
    // A page may be printed before anybody has seen all of it.
    addEventListener("beforeprint", () => {
      for (const figure of ChainruleFigure.#waiting) {
        for (const picture of figure.querySelectorAll("img")) picture.loading = "eager";
      }
    });
  }

  /** Starts others one by one, whenever the page has nothing better to do; but fetches nothing for who may go at once. */
  static #startNext = () => {
    const next = [...ChainruleFigure.#waiting].find(
      (figure) => ChainruleFigure.#isRead || !isLater(figure.getAttribute("name")));
    if (!next) return;
    next.start();
    whenIdle(ChainruleFigure.#startNext);
  };

  #figure;
  #defaults;
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
      this.#wait();
    }
  }

  disconnectedCallback() {
    this.#noLongerWaits();
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
    if (!this.#noLongerWaits()) return;
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

  /** Whether the figure was still to be started. */
  #noLongerWaits() {
    ChainruleFigure.#near.unobserve(this);
    return ChainruleFigure.#waiting.delete(this);
  }

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

  /** Starts the figure when it comes near the screen. */
  #wait() {
    if (ChainruleFigure.#waiting.size === 0) whenIdle(ChainruleFigure.#startNext);
    ChainruleFigure.#waiting.add(this);
    ChainruleFigure.#near.observe(this);
  }

  /** Says what is wrong, over the still picture: the page's, or the one that lies beside this script. */
  #complain(message, name) {
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
    this.#content.replaceChildren(paragraph, slot);
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
      this.#controls.toolbar, canvas, this.#controls.settings, keyHelp(this.#figure.keys), this.#description, ruler);
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
    if (attribute === "autoplay" && text !== null && !calm.matches) this.set("play", 1);
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
    if (this.isConnected) this.#wait();
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
    const [told, time] = [this.#told, performance.now()];
    if (stage === told.stage && playing === told.playing) {
      if (steps === told.steps || (playing && time - told.time < eventPause)) return;
    }
    this.#told = { stage, steps, playing, time };
    const { loss, batchLoss } = this.#figure;
    const detail = { stage, steps, loss, batchLoss, playing };
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
      this.#figure.advance(passed > 0 && passed < 200 ? passed / 1000 : 1 / 60);
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

/** A value as the engine takes it: a choice may be named by its word. Not a number if it can't be. */
function numberOf({ kind, choices }, value) {
  const text = String(value).trim();
  const word = choices.findIndex((choice) => choice.toLowerCase() === text.toLowerCase());
  if (kind === "choice" && word >= 0) return word;
  return text === "" ? NaN : Number(value);
}

if (!customElements.get("chainrule-figure")) customElements.define("chainrule-figure", ChainruleFigure);
