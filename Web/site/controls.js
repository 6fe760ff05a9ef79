// The controls of a figure, made from its list of parameters.

/** So many choices stand side by side; more become a list. */
const longestRow = 4;
/** So many sliders stand under a picture on a narrow page; the others are folded. */
const firstSliders = 2;

/** Builds controls for `figure`; `change(parameter, value)` is called when the reader uses one. */
export class Controls {
  #figure;
  #syncs = [];

  constructor(figure, change) {
    this.#figure = figure;
    this.toolbar = group("toolbar"); // what the hand needs beside the picture
    this.settings = group("settings");
    for (const parameter of figure.parameters) {
      switch (parameter.kind) {
        case "toggle":
          this.#add(parameter, this.toolbar, this.#toggle(parameter, change));
          break;
        case "action":
          this.#add(parameter, this.toolbar, button(parameter.label, () => change(parameter, 1)));
          break;
        case "number":
        case "logarithmic":
          this.#add(parameter, this.settings, this.#slider(parameter, change));
          break;
      }
    }
    for (const parameter of figure.parameters) {
      if (parameter.kind !== "choice") continue;
      const isLong = parameter.choices.length > longestRow;
      this.#add(parameter, this.toolbar, isLong ? this.#list(parameter, change) : this.#choice(parameter, change));
    }
    this.#fold();
    this.sync();
  }

  /** On a narrow page the first controls stand under the picture; a button unfolds the others. */
  #fold() {
    const more = button("More settings", () => {
      const isOpen = this.settings.classList.toggle("unfolded");
      more.setAttribute("aria-expanded", isOpen);
      more.textContent = isOpen ? "Fewer settings" : "More settings";
    });
    more.className = "unfold";
    more.setAttribute("aria-expanded", "false");
    this.settings.append(more);
    this.#syncs.push(() => {
      const sliders = [...this.settings.children].filter((control) => control !== more && !control.hidden);
      sliders.forEach((slider, index) => slider.classList.toggle("later", index >= firstSliders));
      more.hidden = sliders.length <= firstSliders;
    });
  }

  /** Puts a control into its group; it hides while its parameter means nothing. */
  #add(parameter, group, control) {
    group.append(control);
    this.#syncs.push(() => {
      const hidden = !this.#figure.isAvailable(parameter);
      if (control.hidden !== hidden) control.hidden = hidden;
    });
  }

  /** Shows the figure's values. */
  sync() {
    for (const sync of this.#syncs) sync();
  }

  #toggle(parameter, change) {
    const element = button(parameter.label, () => change(parameter, this.#figure.value(parameter) ? 0 : 1));
    const plays = parameter.name === "play";
    if (plays) element.classList.add("primary");
    this.#syncs.push(() => {
      const on = this.#figure.value(parameter) !== 0;
      const text = on && plays ? "Pause" : parameter.label;
      if (element.textContent !== text) element.textContent = text;
      // Play changes its word; the others stay pressed.
      if (plays) element.dataset.on = on;
      else element.setAttribute("aria-pressed", on);
    });
    return element;
  }

  #slider(parameter, change) {
    const scale = parameter.kind === "logarithmic" ? logarithmic(parameter) : linear(parameter);
    const label = document.createElement("label");
    const name = document.createElement("span");
    name.textContent = parameter.label;
    const input = document.createElement("input");
    Object.assign(input, { type: "range", min: 0, max: scale.positions, step: 1 });
    const output = document.createElement("output");
    label.append(name, input, output);
    input.addEventListener("input", () => change(parameter, scale.value(Number(input.value))));
    this.#syncs.push(() => {
      const value = this.#figure.value(parameter);
      const off = value === 0 && parameter.kind === "logarithmic";
      const text = off ? "off" : String(Number(value.toPrecision(3))).replace("-", "−");
      if (output.textContent === text) return;
      output.textContent = text;
      input.value = scale.position(value);
      input.setAttribute("aria-valuetext", text);
    });
    return label;
  }

  #list(parameter, change) {
    const label = document.createElement("label");
    label.className = "choice";
    const select = document.createElement("select");
    for (const [value, choice] of parameter.choices.entries()) select.append(new Option(choice, value));
    label.append(parameter.label, select);
    select.addEventListener("change", () => change(parameter, Number(select.value)));
    this.#syncs.push(() => {
      const chosen = String(this.#figure.value(parameter));
      if (select.value !== chosen) select.value = chosen;
    });
    return label;
  }

  #choice(parameter, change) {
    const fieldset = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.className = "hidden";
    legend.textContent = parameter.label;
    fieldset.append(legend);
    const inputs = parameter.choices.map((choice, value) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      Object.assign(input, { type: "radio", name: parameter.name, value });
      input.addEventListener("change", () => change(parameter, value));
      label.append(input, choice);
      fieldset.append(label);
      return input;
    });
    this.#syncs.push(() => {
      const chosen = this.#figure.value(parameter);
      inputs.forEach((input, value) => {
        if (input.checked !== (value === chosen)) input.checked = value === chosen;
      });
    });
    return fieldset;
  }
}

function group(name) {
  const element = document.createElement("div");
  element.className = name;
  return element;
}

function button(label, action) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.addEventListener("click", action);
  return element;
}

function linear({ minimum, maximum, step }) {
  return {
    positions: Math.round((maximum - minimum) / step),
    value: (position) => minimum + position * step,
    position: (value) => Math.round((value - minimum) / step),
  };
}

/** Two hundred places over the orders of magnitude; the first is 0 where 0 is allowed. Values have two digits. */
function logarithmic({ minimum, maximum, step }) {
  const positions = 200;
  const lowest = minimum > 0 ? minimum : step;
  const orders = Math.log10(maximum / lowest);
  return {
    positions,
    value: (position) =>
      position === 0 ? minimum : Number((lowest * 10 ** ((orders * position) / positions)).toPrecision(2)),
    position: (value) => (value <= 0 ? 0 : Math.round((Math.log10(value / lowest) / orders) * positions)),
  };
}
