// The WebAssembly modules, and figures in them as JavaScript objects.

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** The module of each figure; the build takes this from the figures' catalogue. */
const modules = {{ modules | json | safe }};
const engines = new Map();

/** Whether a figure's module is fetched only after the reader scrolls, or when the figure is on the screen. */
export function isLater(figure) {
  return modules[figure] !== "chainrule-opening.wasm";
}

/** The engine that has a figure; each is loaded once a page, from beside this file. */
export function loadEngine(figure) {
  const module = Object.hasOwn(modules, figure) ? modules[figure] : "chainrule-opening.wasm"; // says that it has none such
  if (!engines.has(module)) {
    const loading = instantiate(module).catch((error) => {
      engines.delete(module); // the next figure may try again
      throw error;
    });
    engines.set(module, loading);
  }
  return engines.get(module);
}

async function instantiate(module) {
  const url = new URL(module, import.meta.url);
  const policy = watchPolicy();
  try {
    const response = await fetch(url).catch(async ({ message }) => {
      if (url.protocol === "file:") {
        throw new Error("Browsers start figures only from a web server, not from a file: `make lab` and `python3 -m http.server` are two.");
      }
      if (await policy.forbade((uri) => uri !== "" && url.href.startsWith(uri))) {
        throw new Error(
          `This page's Content-Security-Policy forbids the request for ${url}: add ${url.origin} to its connect-src.`);
      }
      throw new Error(`${url} could not be fetched (${message}). Is there a network, and does its server allow this page to read `
        + "it (Access-Control-Allow-Origin)?");
    });
    if (!response.ok) throw new Error(`${url} could not be loaded (${response.status}).`);
    // A server that doesn't know the type application/wasm can't stream.
    const streams = response.headers.get("Content-Type")?.startsWith("application/wasm");
    const starting = streams
      ? WebAssembly.instantiateStreaming(response)
      : response.arrayBuffer().then((bytes) => WebAssembly.instantiate(bytes));
    const { instance } = await starting.catch(async (error) => {
      if (/content.security.policy|unsafe-eval/i.test(error.message) || await policy.forbade((uri) => uri === "wasm-eval")) {
        throw new Error("This page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src.");
      }
      throw error;
    });
    return new Engine(instance.exports);
  } finally {
    policy.stop();
  }
}

/** Takes down what the page's Content-Security-Policy forbids: the errors themselves don't say it, or give bad advice. */
function watchPolicy() {
  const blocked = [];
  const note = ({ blockedURI, disposition }) => disposition === "enforce" && blocked.push(blockedURI);
  document.addEventListener("securitypolicyviolation", note);
  return {
    /** Whether something of this kind was forbidden. The event comes a little later than the error. */
    async forbade(isMeant) {
      await new Promise((done) => setTimeout(done, 50));
      return blocked.some(isMeant);
    },
    stop: () => document.removeEventListener("securitypolicyviolation", note),
  };
}

class Engine {
  constructor(exports) {
    this.exports = exports;
  }

  /** A new figure; undefined if none has this name. */
  create(name) {
    const bytes = encoder.encode(name);
    const place = this.exports.exchange(bytes.length);
    new Uint8Array(this.exports.memory.buffer, place, bytes.length).set(bytes);
    const handle = this.exports.figure_create(bytes.length);
    return handle < 0 ? undefined : new EngineFigure(this, handle);
  }

  /** Text that the module put into its exchange buffer. */
  read(length) {
    return decoder.decode(new Uint8Array(this.exports.memory.buffer, this.exports.exchange(0), length));
  }
}

const kinds = ["action", "toggle", "number", "choice", "hidden", "logarithmic"];

/** A figure in the module. See `Figure` in the Swift sources for what each call does. */
class EngineFigure {
  constructor(engine, handle) {
    this.engine = engine;
    this.handle = handle;
    const { exports } = engine;
    const text = (index, which) => engine.read(exports.figure_parameter_text(handle, index, which));
    const number = (index, which) => exports.figure_parameter_number(handle, index, which);
    this.parameters = Array.from({ length: exports.figure_parameter_count(handle) }, (_, index) => ({
      index,
      name: text(index, 0),
      label: text(index, 1),
      choices: text(index, 2).split("|"),
      kind: kinds[exports.figure_parameter_kind(handle, index)],
      minimum: number(index, 1),
      maximum: number(index, 2),
      step: number(index, 3),
    }));
    this.goals = engine.read(exports.figure_goals(handle)).split("|").slice(0, -1);
  }

  /** Calls `then(name)` for each goal that the figure's state meets. */
  reachedGoals(then) {
    if (!this.goals.length) return;
    const reached = this.engine.exports.figure_reached_goals(this.handle);
    this.goals.forEach((name, index) => reached >> index & 1 && then(name));
  }

  destroy() {
    this.engine.exports.figure_destroy(this.handle);
  }

  parameter(name) {
    return this.parameters.find((parameter) => parameter.name === name);
  }

  value(parameter) {
    return this.engine.exports.figure_parameter_number(this.handle, parameter.index, 0);
  }

  set(parameter, value) {
    this.engine.exports.figure_set_parameter(this.handle, parameter.index, value);
  }

  isAvailable(parameter) {
    return this.engine.exports.figure_is_available(this.handle, parameter.index) !== 0;
  }

  get isRunning() {
    return this.engine.exports.figure_is_running(this.handle) !== 0;
  }

  advance(seconds) {
    this.engine.exports.figure_advance(this.handle, seconds);
  }

  pointer(phase, x, y, shift) {
    return this.engine.exports.figure_pointer(this.handle, phase, x, y, shift) !== 0;
  }

  key(code, shift) {
    return this.engine.exports.figure_key(this.handle, code, shift) !== 0;
  }

  focus(on) {
    this.engine.exports.figure_focus(this.handle, on);
  }

  preferredHeight(width) {
    return this.engine.exports.figure_preferred_height(this.handle, width);
  }

  /** The drawing, as views of the module's memory: to be played before the next call. */
  draw(width, height) {
    const { exports } = this.engine;
    exports.figure_draw(this.handle, width, height);
    return {
      floats: new Float32Array(exports.memory.buffer, exports.display_floats(), exports.display_float_count()),
      bytes: new Uint8Array(exports.memory.buffer, exports.display_bytes(), exports.display_byte_count()),
    };
  }

  get description() {
    return this.engine.read(this.engine.exports.figure_describe(this.handle));
  }

  /** The keys and what they do: pairs of words. */
  get keys() {
    const words = this.engine.read(this.engine.exports.figure_keys(this.handle)).split("|");
    return words.flatMap((key, index) => (index % 2 === 0 && key ? [[key, words[index + 1]]] : []));
  }

  get steps() {
    return this.engine.exports.figure_steps(this.handle);
  }

  get loss() {
    return this.engine.exports.figure_loss(this.handle);
  }

  /** The loss of the batch that the latest step learned from. */
  get batchLoss() {
    return this.engine.exports.figure_batch_loss(this.handle);
  }

  /** Which stage of a step is shown; 0 for none. */
  get stage() {
    return this.engine.exports.figure_stage(this.handle);
  }

  /** The network's fingerprint, as 16 hexadecimal digits. */
  get fingerprint() {
    return BigInt.asUintN(64, this.engine.exports.figure_fingerprint(this.handle)).toString(16).padStart(16, "0");
  }
}
