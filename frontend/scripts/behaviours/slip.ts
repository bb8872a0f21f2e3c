/** Draws the claim card: its QR code on the page, and the whole of it as a picture to keep. Loaded only where a key is shown. */

import { generate } from "lean-qr";
import { toSvgPath } from "lean-qr/extras/svg";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;
const WIDTH = 720;
const MARGIN = 48;
const FONT = "system-ui, sans-serif";

export function drawQr(into: HTMLElement, content: string): void {
  const code = generate(content);
  const side = code.size + 2 * QUIET;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `${-QUIET} ${-QUIET} ${side} ${side}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  svg.setAttribute("aria-hidden", "true");
  svg.append(
    shape("rect", { x: -QUIET, y: -QUIET, width: side, height: side, fill: "#fff" }),
    shape("path", { d: toSvgPath(code), fill: "#000" }),
  );
  into.replaceChildren(svg);
}

/** The words stand on the page already; here they only move into a picture. Null where the browser cannot draw. */
export function pictureOf(slip: HTMLElement, content: string | null): Promise<Blob | null> {
  const lines = linesOf(slip);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (pen === null) return Promise.resolve(null);
  const wrapped = lines.flatMap(({ text, size, weight }) => {
    pen.font = `${weight} ${size}px ${FONT}`;
    return wrap(pen, text, WIDTH - 2 * MARGIN).map((line) => ({ line, size, weight }));
  });
  const textHeight = wrapped.reduce((sum, { size }) => sum + size * 1.5, 0);
  canvas.width = WIDTH;
  canvas.height = Math.ceil(textHeight + 3 * MARGIN + (content === null ? 0 : WIDTH / 2));
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  let y = MARGIN;
  for (const { line, size, weight } of wrapped) {
    y += size * 1.5;
    pen.font = `${weight} ${size}px ${FONT}`;
    pen.fillText(line, MARGIN, y);
  }
  if (content !== null) paintQr(pen, content, y + MARGIN);
  return new Promise((resolve) => canvas.toBlob(resolve));
}

function linesOf(slip: HTMLElement): { text: string; size: number; weight: number }[] {
  const parts = slip.querySelectorAll<HTMLElement>(
    ".slip__title, .slip__city, .slip__number, .slip__promise, .slip__hint, dt, dd, .slip__groups",
  );
  const visible = [...parts].filter((part) => part.offsetParent !== null && part.textContent?.trim());
  return visible.map((part) => {
    const isLarge = part.matches(".slip__number, .slip__groups");
    const text = (part.textContent ?? "").replace(/\s+/g, " ").trim();
    return { text, size: isLarge ? 40 : 26, weight: isLarge || part.matches(".slip__promise, .slip__title") ? 700 : 400 };
  });
}

function wrap(pen: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && pen.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function paintQr(pen: CanvasRenderingContext2D, content: string, top: number): void {
  const code = generate(content);
  const module = Math.floor(WIDTH / 2 / code.size);
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) pen.fillRect(MARGIN + x * module, top + y * module, module, module);
    }
  }
}

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
