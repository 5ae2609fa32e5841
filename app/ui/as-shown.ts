/** An e-mail's HTML as a preview's frame shows it. Used by the live preview and by the page of a shared one. */

/** Behind the frame's sandbox: even a mistake in it would run and load nothing but pictures. */
const FRAME_POLICY =
  '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src https: http:; style-src \'unsafe-inline\'">';

/**
 * In the color scheme that was chosen, whatever this computer's own is, and with links that lead nowhere (the frame may open no
 * window).
 */
export function asShown(html: string, { dark }: { dark: boolean }): string {
  return html
    .replace(/@media\s*\(prefers-color-scheme:\s*dark\)/g, dark ? '@media all' : '@media not all')
    .replace(/<head>/, `<head>${FRAME_POLICY}<base target="_blank">`);
}
