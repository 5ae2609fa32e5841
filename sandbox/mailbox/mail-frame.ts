// The HTML of an e-mail as the page's frame shows it: links open a new tab, inline pictures are filled in, dark mode can be forced.
import type { AttachmentPart } from '../sendgrid/mail-request';
import type { RenderedMail } from '../sendgrid/render';

/** No script runs and nothing is posted; pictures and styles may come from anywhere, as in a mail program. */
export const FRAME_POLICY =
  "default-src 'none'; img-src * data:; media-src *; font-src *; style-src 'unsafe-inline' *; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The document for the frame. */
export function renderFrame(mail: RenderedMail, dark: boolean): string {
  const body = mail.attachments.reduce(fillPicture, mail.html ?? '');
  const inserted = `<base target="_blank">${dark ? '<meta name="color-scheme" content="dark">' : ''}`;
  const document = intoHead(body, inserted);
  return dark ? inDark(document) : document;
}

function fillPicture(html: string, part: AttachmentPart): string {
  if (part.content_id === undefined || part.disposition !== 'inline') return html;
  return html.replaceAll(`cid:${part.content_id}`, () => `data:${part.type ?? 'image/png'};base64,${part.content}`);
}

function intoHead(html: string, inserted: string): string {
  const head = /<head\b[^>]*>/i.exec(html);
  if (head !== null)
    return html.slice(0, head.index + head[0].length) + inserted + html.slice(head.index + head[0].length);
  const root = /<html\b[^>]*>/i.exec(html);
  if (root === null) return inserted + html;
  const at = root.index + root[0].length;
  return `${html.slice(0, at)}<head>${inserted}</head>${html.slice(at)}`;
}

/** What a mail program that honors `prefers-color-scheme` shows at night: its dark rules always hold, its light ones never. */
function inDark(html: string): string {
  return html
    .replace(/\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi, '(min-width: 0px)')
    .replace(/\(\s*prefers-color-scheme\s*:\s*light\s*\)/gi, '(max-width: 0px)');
}
