/** A photo made ready to travel: upright, at most 1600 px, JPEG, with nothing left of where and when it was taken. */

import { sha256 } from "./ids.ts";
import { LARGEST_PHOTO } from "./wire.ts";

const LONG_SIDE = 1600;
const QUALITY = 0.8;
const COMFORTABLE = 1_500_000;
const SMALLER = { side: 1200, quality: 0.7 };
const LARGEST_FILE = 60 * 1024 * 1024;
const HEIC = /^ftyp(?:hei|hev|mif1|msf1)/;

export type Fault = "too_large" | "heic" | "unreadable";

export interface Prepared {
  readonly blob: Blob;
  readonly sha256: string;
}

export interface Surface {
  readonly context: CanvasDrawImage & CanvasFillStrokeStyles & CanvasRect;
  readonly encode: (quality: number) => Promise<Blob>;
}

/** A sheet to draw on; a page without OffscreenCanvas brings its own. */
export type MakeSurface = (width: number, height: number) => Surface | null;

/** What will travel, or why this file cannot. */
export async function prepare(file: Blob, surface: MakeSurface = offscreen): Promise<Prepared | Fault> {
  if (file.size > LARGEST_FILE) return "too_large";
  const picture = await decode(file);
  if (picture === null) return (await isHeic(file)) ? "heic" : "unreadable";
  try {
    let blob = await draw(picture, LONG_SIDE, QUALITY, surface);
    if (blob.size > COMFORTABLE) blob = await draw(picture, SMALLER.side, SMALLER.quality, surface);
    if (blob.type !== "image/jpeg") return "unreadable";
    if (blob.size > LARGEST_PHOTO) return "too_large";
    return { blob, sha256: await sha256(await blob.arrayBuffer()) };
  } finally {
    picture.close();
  }
}

async function decode(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
}

async function isHeic(file: Blob): Promise<boolean> {
  const start = await file
    .slice(4, 12)
    .text()
    .catch(() => "");
  return HEIC.test(start);
}

async function draw(picture: ImageBitmap, longSide: number, quality: number, surface: MakeSurface): Promise<Blob> {
  const scale = Math.min(1, longSide / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const sheet = surface(width, height);
  if (sheet === null) return new Blob();
  sheet.context.fillStyle = "#fff"; // JPEG knows no transparency: what is see-through would turn black
  sheet.context.fillRect(0, 0, width, height);
  sheet.context.drawImage(picture, 0, 0, width, height);
  return sheet.encode(quality);
}

function offscreen(width: number, height: number): Surface | null {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  return context && { context, encode: (quality) => canvas.convertToBlob({ type: "image/jpeg", quality }) };
}
