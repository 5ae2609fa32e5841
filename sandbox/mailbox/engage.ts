// What a recipient can do with an e-mail: open it, click, let it bounce, call it spam, unsubscribe. Used by the mailbox pages and API.
import { SandboxRefusal } from '../http/refusal';
import type { Message } from '../sendgrid/message';
import type { SendgridPart } from '../sendgrid/part';
import { renderMail, tracksOpens } from '../sendgrid/render';

export interface Visitor {
  userAgent?: string | undefined;
  ip?: string | undefined;
}

const PERSON_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const PROXY_AGENT = 'Mozilla/5.0';
const ANSWER_WITHIN_MS = 15_000;

function visitorFields({ userAgent, ip }: Visitor): { useragent: string; ip: string } {
  return { useragent: userAgent ?? PERSON_AGENT, ip: ip ?? '198.51.100.23' };
}

/** The pixel was loaded, by a person or (`machine`) by a privacy proxy. Refused when the e-mail carries no pixel. */
export function openMail({ state }: SendgridPart, message: Message, visitor: Visitor & { machine?: boolean }): void {
  if (!tracksOpens(state, message))
    throw new SandboxRefusal('This e-mail carries no open pixel, so nobody can know whether it was opened.', 409);
  const machine = visitor.machine === true;
  const fields = visitorFields(machine ? { userAgent: PROXY_AGENT, ip: '17.58.0.1' } : visitor);
  state.record(message, 'open', { ...fields, sg_machine_open: machine, sg_content_type: 'html' });
}

/** A tracked link was followed: records the click and returns the original address. */
export function clickLink({ state }: SendgridPart, message: Message, link: number, visitor: Visitor): string {
  const url = renderMail(state, message).links[link];
  if (url === undefined) throw new SandboxRefusal('This e-mail has no such tracked link.', 404);
  state.record(message, 'click', { url, url_offset: { index: link, type: 'html' }, ...visitorFields(visitor) });
  return url;
}

/** Number of the first tracked link to this address (or starting with it). */
export function findLink({ state }: SendgridPart, message: Message, url: string): number {
  const { links } = renderMail(state, message);
  const exact = links.indexOf(url);
  return exact === -1 ? links.findIndex((link) => link.startsWith(url)) : exact;
}

export interface OneClickAnswer {
  url: string;
  status: number;
}

/** What a mailbox provider does at "Unsubscribe": RFC 8058's POST to the address in the header, no cookies, no redirects. */
export async function unsubscribeOneClick({ state }: SendgridPart, message: Message): Promise<OneClickAnswer> {
  const headers = new Map(
    Object.entries(renderMail(state, message).headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const post = headers.get('list-unsubscribe-post')?.trim();
  const url = [...(headers.get('list-unsubscribe') ?? '').matchAll(/<\s*(https?:[^>]*?)\s*>/gi)][0]?.[1];
  if (url === undefined)
    throw new SandboxRefusal('This e-mail has no List-Unsubscribe header with a web address.', 409);
  if (post !== 'List-Unsubscribe=One-Click')
    throw new SandboxRefusal('This e-mail has no List-Unsubscribe-Post header, so one click cannot unsubscribe.', 409);
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: post,
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  await answer.arrayBuffer();
  return { url, status: answer.status };
}
