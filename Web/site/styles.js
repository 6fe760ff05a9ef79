// The look of a figure. A page overrides the --chainrule properties on the element itself.

export const styles = new CSSStyleSheet();
styles.replaceSync(`
  :host {
    --chainrule-background: #ffffff;
    --chainrule-surface: #f6f7f9;
    --chainrule-ink: #1c2330;
    --chainrule-muted: #5d6675;
    --chainrule-axis: #c3c9d3;
    --chainrule-grid: #e3e6ec;
    --chainrule-accent: #3b6fd4;
    --chainrule-positive: #e07b00;
    --chainrule-negative: #2f6fdb;
    --chainrule-curve: #d9480f;
    --chainrule-focus: #111827;
    --chainrule-warning: #c92a2a;
    --chainrule-series1: #0a70e0;
    --chainrule-series2: #c25400;
    --chainrule-series3: #007e59;
    --chainrule-series4: #a3459a;
    --chainrule-series5: #6b4a00;
    --chainrule-class1: #007f6b;
    --chainrule-class2: #8f2fb8;
    --chainrule-class3: #b98a00;
    --chainrule-font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
    display: block;
    container-type: inline-size;
    color: var(--chainrule-ink);
    /* What the reader set the browser's text to, whatever the page made of it. */
    font-size: medium;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([printing])) {
      --chainrule-background: #14181f;
      --chainrule-surface: #222a37;
      --chainrule-ink: #e8ebf0;
      --chainrule-muted: #a2abba;
      --chainrule-axis: #465063;
      --chainrule-grid: #2b3340;
      --chainrule-accent: #7aa5ff;
      --chainrule-positive: #ffa94d;
      --chainrule-negative: #5c9dff;
      --chainrule-curve: #ff8a4c;
      --chainrule-focus: #ffffff;
      --chainrule-warning: #ff8787;
      --chainrule-series1: #3392ee;
      --chainrule-series2: #f79144;
      --chainrule-series3: #2fc99a;
      --chainrule-series4: #e19cd9;
      --chainrule-series5: #f2d949;
      --chainrule-class1: #22b598;
      --chainrule-class2: #b98cff;
      --chainrule-class3: #ffd84d;
    }
  }
  /* Colours that the reader chose for all pages, of which the picture keeps those that tell lines apart. */
  @media (forced-colors: active) {
    :host(:not([printing])) {
      --chainrule-background: Canvas;
      --chainrule-surface: Canvas;
      --chainrule-ink: CanvasText;
      --chainrule-muted: CanvasText;
      --chainrule-axis: CanvasText;
      --chainrule-grid: GrayText;
      --chainrule-focus: Highlight;
    }
  }
  /* What a page sets for its own text doesn't come in here. */
  .figure {
    position: relative;
    min-height: inherit;
    font: normal 0.9375em/1.4 var(--chainrule-font);
    letter-spacing: normal;
    word-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    white-space: normal;
  }
  slot { display: grid; align-content: center; min-height: inherit; }
  ::slotted(img), slot img { display: block; width: 100%; height: auto; }
  .complaint ~ slot { min-height: 0; margin-top: 12px; }
  canvas {
    display: block;
    width: 100%;
    margin: 12px 0;
    border-radius: 4px;
    cursor: crosshair;
    touch-action: pan-y pinch-zoom;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
    -webkit-tap-highlight-color: transparent;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    min-height: 2.4em;
    padding-inline-end: 3em; /* the corner menu's */
  }
  button, select {
    min-height: 2.4em;
    padding: 4px 14px;
    border: 1px solid var(--chainrule-axis);
    border-radius: 1.2em;
    background: var(--chainrule-background);
    color: inherit;
    font: inherit;
  }
  button { cursor: pointer; }
  button:hover { border-color: var(--chainrule-muted); }
  button:active { background: var(--chainrule-surface); }
  /* Only Play is black. What is chosen has a tint and heavier letters, which take no more room. */
  button[aria-pressed="true"], fieldset label:has(:checked) {
    border-color: var(--chainrule-accent);
    background: color-mix(in srgb, var(--chainrule-accent) 15%, var(--chainrule-background));
    -webkit-text-stroke: 0.35px currentColor;
  }
  button.primary {
    min-width: 5.6em;
    border-color: transparent;
    background: var(--chainrule-ink);
    color: var(--chainrule-background);
    font-weight: 600;
  }
  button.primary:active { background: var(--chainrule-muted); }
  :focus-visible {
    outline: 2px solid var(--chainrule-focus);
    outline-offset: 2px;
  }
  .settings {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 16em), 1fr));
    align-items: start;
    gap: 12px 28px;
  }
  /* What is set and its value stand over the slider. */
  .settings > label { display: grid; grid-template-columns: 1fr auto; gap: 2px 10px; }
  output { font-variant-numeric: tabular-nums; font-weight: 600; }
  input[type="range"] {
    grid-area: 2 / 1 / 3 / 3;
    width: 100%;
    height: 32px;
    margin: 0;
    accent-color: var(--chainrule-ink);
  }
  select { padding-inline: 10px; }
  .choice { display: flex; align-items: center; gap: 8px; }
  [hidden] { display: none !important; }
  fieldset {
    display: flex;
    margin: 0;
    padding: 0;
    border: 0;
  }
  /* The choices stand side by side as one control; each radio button lies unseen over its word. */
  fieldset label {
    position: relative;
    padding: 5px 14px;
    border: 1px solid var(--chainrule-axis);
    border-inline-end-width: 0;
    line-height: 1.6;
  }
  fieldset label:first-of-type { border-start-start-radius: 1.2em; border-end-start-radius: 1.2em; }
  fieldset label:last-of-type {
    border-inline-end-width: 1px;
    border-start-end-radius: 1.2em;
    border-end-end-radius: 1.2em;
  }
  @container (max-width: 20.6em) { fieldset label { padding-inline: 10px; } }
  /* With very large text the choices stand below each other. */
  @container (max-width: 16em) {
    fieldset { flex-wrap: wrap; gap: 4px; }
    fieldset label { border-inline-end-width: 1px; border-radius: 1.2em; }
  }
  @container (min-width: 42.5em) { fieldset:last-child { margin-inline-start: auto; } }
  /* Several choices stand in a row of their own, below the buttons. */
  .toolbar:has(> :is(.choice, fieldset) ~ :is(.choice, fieldset)) {
    &::after { content: ""; order: 1; flex-basis: 100%; margin-top: -8px; }
    > .choice, > fieldset { order: 2; }
  }
  fieldset label:hover { background: var(--chainrule-surface); }
  fieldset label:has(:focus-visible) { outline: 2px solid var(--chainrule-focus); outline-offset: 2px; z-index: 1; }
  fieldset input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .unfold { display: none; }
  .more { position: absolute; top: 0; inset-inline-end: 0; color: var(--chainrule-muted); font-size: 0.9333em; }
  .more summary {
    width: 2.6em;
    height: 2.6em;
    border-radius: 50%;
    list-style: none;
    line-height: 2.4;
    text-align: center;
    cursor: pointer;
  }
  .more summary::-webkit-details-marker { display: none; }
  .more summary:hover, .more[open] summary { background: var(--chainrule-surface); color: var(--chainrule-ink); }
  .more > div {
    position: absolute;
    z-index: 3;
    inset-inline-end: 0;
    width: max-content;
    max-width: min(26em, 86cqi);
    margin-top: 4px;
    padding: 12px 16px;
    border: 1px solid var(--chainrule-axis);
    border-radius: 8px;
    background: var(--chainrule-background);
    box-shadow: 0 6px 24px rgb(0 0 0 / 18%);
  }
  .more a { display: block; padding: 5px 0; color: var(--chainrule-ink); text-underline-offset: 0.18em; }
  .more p { margin: 8px 0 0; padding-top: 8px; border-top: 1px solid var(--chainrule-grid); font-weight: 600; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 8px 0 0; }
  dt { font-weight: 600; }
  dd { margin: 0; }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .ruler {
    position: absolute;
    top: 0;
    height: calc(10em / 0.9375);
    visibility: hidden;
    pointer-events: none;
    forced-color-adjust: none;
  }
  .complaint {
    margin: 0;
    padding: 16px;
    border: 1px solid var(--chainrule-warning);
    border-radius: 4px;
  }
  /* On a phone the picture comes first, and what moves it stays in reach under it. */
  @container (max-width: 33em) {
    .figure { display: flex; flex-direction: column; }
    canvas { order: -1; margin-top: 0; }
    .toolbar { padding-inline-end: 0; }
    /* More rows would hide too much of the picture. */
    .toolbar:not(:has(fieldset, .choice)) {
      position: sticky;
      bottom: 0;
      z-index: 2;
      padding-block: 6px;
      background: var(--chainrule-background);
    }
    .more { top: auto; bottom: auto; order: -2; position: relative; align-self: end; height: 0; }
    .more summary { position: relative; z-index: 2; }
    .settings:not(.unfolded) .later { display: none; }
    .unfold:not([hidden]) { display: block; justify-self: start; }
  }
  @media (forced-colors: active) {
    button.primary { border-color: ButtonText; background: ButtonFace; color: ButtonText; }
    button[aria-pressed="true"], button[data-on="true"], fieldset label:has(:checked) {
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
  @media print {
    .toolbar, .settings, .more { display: none; }
  }
`);
