// Plays a display list on a 2D canvas. `DisplayList` in the Swift sources describes the format.

const decoder = new TextDecoder();
const alignments = ["start", "center", "end"];

export class Player {
  #context;
  #picture = new OffscreenCanvas(1, 1);

  constructor(canvas) {
    this.#context = canvas.getContext("2d");
  }

  play({ floats, bytes }, palette, width, height, scale) {
    const context = this.#context;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    context.lineJoin = "round";
    context.lineCap = "round";
    context.direction = "ltr"; // whatever the page's own direction
    let i = 0;
    const next = () => floats[i++];

    const fill = (role, opacity) => {
      context.fillStyle = palette.colors[role];
      context.globalAlpha = opacity;
    };
    const stroke = (role, lineWidth, opacity, dash) => {
      context.strokeStyle = palette.colors[role];
      context.lineWidth = lineWidth;
      context.globalAlpha = opacity;
      context.setLineDash(dash > 0 ? [dash, dash] : []);
    };
    const paint = () => {
      const [fillRole, fillOpacity, strokeRole, lineWidth, strokeOpacity] = [next(), next(), next(), next(), next()];
      if (fillRole >= 0) {
        fill(fillRole, fillOpacity);
        context.fill();
      }
      if (strokeRole >= 0) {
        stroke(strokeRole, lineWidth, strokeOpacity, 0);
        context.stroke();
      }
    };
    const path = () => {
      const count = next();
      context.beginPath();
      for (let n = 0; n < count; n++, i += 2) context.lineTo(floats[i], floats[i + 1]);
    };

    while (i < floats.length) {
      const code = next();
      switch (code) {
        case 1: // polyline
          stroke(next(), next(), next(), next());
          path();
          context.stroke();
          break;
        case 2: // polygon
          fill(next(), next());
          path();
          context.fill();
          break;
        case 3: // circle
          context.beginPath();
          context.arc(next(), next(), next(), 0, 2 * Math.PI);
          paint();
          break;
        case 4: // rectangle
          context.beginPath();
          context.roundRect(next(), next(), next(), next(), next());
          paint();
          break;
        case 5: { // text
          const [x, y, size, alignment, bold] = [next(), next(), next(), next(), next()];
          fill(next(), next());
          const start = next();
          const text = decoder.decode(bytes.subarray(start, start + next()));
          context.font = `${bold ? "600 " : ""}${size}px ${palette.font}`;
          context.textAlign = alignments[alignment];
          context.fillText(text, x, y);
          break;
        }
        case 6: { // field
          const [x, y, w, h, columns, rows] = [next(), next(), next(), next(), next(), next()];
          const ramp = palette.ramp(next(), next());
          context.globalAlpha = next();
          this.#field(bytes, next(), columns, rows, ramp);
          context.imageSmoothingEnabled = true;
          context.imageSmoothingQuality = "high";
          context.drawImage(this.#picture, x, y, w, h);
          break;
        }
        case 7: // clip
          context.save();
          context.beginPath();
          context.rect(next(), next(), next(), next());
          context.clip();
          break;
        case 8: // end of clip
          context.restore();
          break;
        case 9: { // segments
          stroke(next(), next(), next(), next());
          const count = next();
          context.beginPath();
          for (let n = 0; n < count; n += 2, i += 4) {
            context.moveTo(floats[i], floats[i + 1]);
            context.lineTo(floats[i + 2], floats[i + 3]);
          }
          context.stroke();
          break;
        }
        default:
          throw new Error(`The display list has no operation ${code}.`);
      }
    }
    context.globalAlpha = 1;
  }

  #field(bytes, start, columns, rows, ramp) {
    const picture = this.#picture;
    if (picture.width !== columns || picture.height !== rows) {
      picture.width = columns;
      picture.height = rows;
    }
    const pixels = new Uint32Array(columns * rows);
    for (let n = 0; n < pixels.length; n++) pixels[n] = ramp[bytes[start + n]];
    const image = new ImageData(new Uint8ClampedArray(pixels.buffer), columns, rows);
    picture.getContext("2d").putImageData(image, 0, 0);
  }
}
