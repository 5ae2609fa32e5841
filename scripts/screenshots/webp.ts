/** Pictures a third as large as PNG: the browser that took them writes them as WebP. Called by `take.ts`. */
import { writeFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';

/** Letters stay sharp; what is lost is lost in photographs. */
const QUALITY = 0.86;

const CONVERT = `async ([png, quality]) => {
  const picture = await createImageBitmap(await (await fetch(png)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d').drawImage(picture, 0, 0);
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality });
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.readAsDataURL(webp);
  });
}`;

const desks = new WeakMap<BrowserContext, Promise<Page>>();

/** A page of its own, which the pictures of one context share. */
function deskOf(context: BrowserContext): Promise<Page> {
  const desk = desks.get(context) ?? context.newPage();
  desks.set(context, desk);
  return desk;
}

export async function saveAsWebp(context: BrowserContext, png: Buffer, file: string): Promise<void> {
  const desk = await deskOf(context);
  const wish = JSON.stringify([`data:image/png;base64,${png.toString('base64')}`, QUALITY]);
  writeFileSync(file, Buffer.from((await desk.evaluate(`(${CONVERT})(${wish})`)) as string, 'base64'));
}
