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
    --chainrule-font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
    display: block;
    color: var(--chainrule-ink);
    font: 15px/1.4 var(--chainrule-font);
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --chainrule-background: #14181f;
      --chainrule-surface: #1c222c;
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
    }
  }
  canvas {
    display: block;
    width: 100%;
    margin: 12px 0;
    border-radius: 4px;
    cursor: crosshair;
    touch-action: pan-y pinch-zoom;
    -webkit-tap-highlight-color: transparent;
  }
  .buttons, .settings {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 20px;
  }
  .buttons { gap: 8px; }
  button {
    min-height: 36px;
    padding: 4px 14px;
    border: 1px solid var(--chainrule-axis);
    border-radius: 18px;
    background: var(--chainrule-background);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  button:hover { border-color: var(--chainrule-muted); }
  button.primary {
    min-width: 84px;
    border-color: transparent;
    background: var(--chainrule-ink);
    color: var(--chainrule-background);
    font-weight: 600;
  }
  :focus-visible {
    outline: 2px solid var(--chainrule-focus);
    outline-offset: 2px;
  }
  .settings > label {
    display: grid;
    grid-template-columns: auto 1fr 3.4em;
    align-items: center;
    gap: 10px;
    flex: 1 1 250px;
    max-width: 340px;
    min-height: 36px;
  }
  output { font-variant-numeric: tabular-nums; }
  input { accent-color: var(--chainrule-ink); }
  input[type="range"] { width: 100%; min-width: 60px; height: 24px; margin: 0; }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 14px;
    min-height: 36px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend { float: left; margin-right: 14px; padding: 0; }
  fieldset label { display: inline-flex; align-items: center; gap: 6px; min-height: 32px; }
  details { margin-top: 6px; color: var(--chainrule-muted); font-size: 14px; }
  summary { width: fit-content; min-height: 28px; cursor: pointer; }
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
  .complaint {
    margin: 0;
    padding: 16px;
    border: 1px solid var(--chainrule-warning);
    border-radius: 4px;
  }
  @media print {
    .buttons, .settings, details { display: none; }
  }
`);
