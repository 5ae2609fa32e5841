// Makes the finished e-mail of one recipient out of the stored request: substitutions, settings and tracking applied. Called when a mail is looked at.
import { escapeHtml } from '../admin/html';
import { trackHtmlLinks, trackTextLinks, withoutMarks } from './links';
import type { Address, AttachmentPart, MailRequest, Personalization, TrackingSettings } from './mail-request';
import type { Message } from './message';
import type { SendgridState } from './state';
import { substitute } from './substitute';

export interface RenderedMail {
  from: Address;
  to: Address[];
  cc: Address[];
  replyTo: Address[];
  subject: string;
  text: string | undefined;
  html: string | undefined;
  /** The HTML before any tracking was put in. */
  untrackedHtml: string | undefined;
  headers: Record<string, string>;
  attachments: AttachmentPart[];
  /** Original addresses behind the tracked links, by number. */
  links: string[];
}

/** Renders one message. Addresses of tracking links and pixel stand under the sandbox's own address. */
export function renderMail(state: SendgridState, message: Message): RenderedMail {
  const { body, personalization } = state.envelope(message);
  const fill = (text: string): string => substitute(text, personalization.substitutions, body.sections);
  const fillAddress = (address: Address): Address =>
    address.name === undefined
      ? { email: fill(address.email) }
      : { email: fill(address.email), name: fill(address.name) };
  const part = (type: string): string | undefined =>
    body.content?.find((entry) => entry.type.toLowerCase() === type)?.value;
  const plain = part('text/plain');
  const rich = part('text/html');
  const mail: RenderedMail = {
    from: personalization.from ?? body.from,
    to: personalization.to,
    cc: personalization.cc ?? [],
    replyTo: (body.reply_to_list ?? (body.reply_to === undefined ? [] : [body.reply_to])).map(fillAddress),
    subject: message.subject,
    text: plain === undefined ? undefined : fill(plain),
    html: rich === undefined ? undefined : fill(rich),
    untrackedHtml: rich === undefined ? undefined : withoutMarks(fill(rich)),
    headers: mergedHeaders(body, personalization),
    attachments: body.attachments ?? [],
    links: [],
  };
  addFooter(mail, body);
  const settings = body.tracking_settings ?? {};
  addUnsubscribe(mail, settings, `${state.host.url}/mailbox/unsubscribe/${message.id}`);
  trackClicks(mail, settings, state, message);
  addPixel(mail, settings, state, message);
  return mail;
}

/** Message-level headers, overridden by the personalization's whatever their case. */
function mergedHeaders(body: MailRequest, personalization: Personalization): Record<string, string> {
  const merged = new Map<string, [string, string]>();
  for (const [name, value] of Object.entries({ ...body.headers })) merged.set(name.toLowerCase(), [name, value]);
  for (const [name, value] of Object.entries({ ...personalization.headers }))
    merged.set(name.toLowerCase(), [name, value]);
  return Object.fromEntries(merged.values());
}

function beforeBodyEnd(html: string, addition: string): string {
  const end = html.toLowerCase().lastIndexOf('</body>');
  return end === -1 ? html + addition : html.slice(0, end) + addition + html.slice(end);
}

function addFooter(mail: RenderedMail, body: MailRequest): void {
  const footer = body.mail_settings?.footer;
  if (footer?.enable !== true) return;
  if (mail.html !== undefined && footer.html !== undefined) mail.html = beforeBodyEnd(mail.html, footer.html);
  if (mail.text !== undefined && footer.text !== undefined) mail.text += `\n${footer.text}`;
}

/** Subscription tracking: SendGrid's own unsubscribe link and headers. */
function addUnsubscribe(mail: RenderedMail, settings: TrackingSettings, url: string): void {
  const tracking = settings.subscription_tracking;
  if (tracking?.enable !== true) return;
  mail.headers['List-Unsubscribe'] = `<${url}>`;
  mail.headers['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click';
  const link = `<a href="${escapeHtml(url)}" clicktracking="off">`;
  if (tracking.substitution_tag !== undefined) {
    const tag = tracking.substitution_tag;
    mail.html = mail.html?.replaceAll(tag, () => url);
    mail.text = mail.text?.replaceAll(tag, () => url);
    return;
  }
  const html = (tracking.html ?? '<p><% Unsubscribe %></p>').replace(
    /<%\s*(.*?)\s*%>/g,
    (_whole, words: string) => `${link}${words}</a>`,
  );
  const text = (tracking.text ?? 'Unsubscribe: <% %>').replace(/<%.*?%>/g, () => url);
  if (mail.html !== undefined) mail.html = beforeBodyEnd(mail.html, html);
  if (mail.text !== undefined) mail.text += `\n${text}`;
}

function trackClicks(mail: RenderedMail, settings: TrackingSettings, state: SendgridState, message: Message): void {
  const tracking = settings.click_tracking;
  const enabled = tracking?.enable ?? state.settings.accountClickTracking;
  if (!enabled) {
    mail.html = mail.html === undefined ? undefined : withoutMarks(mail.html);
    return;
  }
  const urlOf = (link: number): string => `${state.host.url}/mailbox/click/${message.id}/${link}`;
  const change = (url: string): string => withCampaign(url, settings);
  if (mail.html !== undefined) {
    const tracked = trackHtmlLinks(mail.html, 0, urlOf, change);
    mail.html = tracked.text;
    mail.links.push(...tracked.links);
  }
  if (mail.text !== undefined && tracking?.enable_text === true) {
    const tracked = trackTextLinks(mail.text, mail.links.length, urlOf, change);
    mail.text = tracked.text;
    mail.links.push(...tracked.links);
  }
}

/** Google Analytics setting: adds the utm parameters a link does not have yet. */
function withCampaign(address: string, settings: TrackingSettings): string {
  const { enable, ...campaign } = settings.ganalytics ?? {};
  if (enable !== true || !URL.canParse(address)) return address;
  const url = new URL(address);
  for (const [name, value] of Object.entries(campaign))
    if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  return url.href;
}

function addPixel(mail: RenderedMail, settings: TrackingSettings, state: SendgridState, message: Message): void {
  const tracking = settings.open_tracking;
  if (mail.html === undefined || !(tracking?.enable ?? state.settings.accountOpenTracking)) return;
  const url = `${state.host.url}/mailbox/open/${message.id}.gif`;
  const pixel = `<img src="${escapeHtml(url)}" alt="" width="1" height="1" border="0" style="height:1px!important;width:1px!important;border-width:0!important;margin:0!important;padding:0!important">`;
  const tag = tracking?.substitution_tag;
  if (tag !== undefined && tag !== '' && mail.html.includes(tag)) mail.html = mail.html.replaceAll(tag, () => pixel);
  else mail.html = beforeBodyEnd(mail.html, pixel);
}

/** Whether this message carries the open pixel. */
export function tracksOpens(state: SendgridState, message: Message): boolean {
  return state.envelope(message).body.tracking_settings?.open_tracking?.enable ?? state.settings.accountOpenTracking;
}
