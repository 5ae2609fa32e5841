// Builds the source of an e-mail as a receiving mail server would get it. Used for the .eml download, the source tab and the story's --out.
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Address, AttachmentPart } from '../sendgrid/mail-request';
import type { Message } from '../sendgrid/message';
import { type RenderedMail, renderMail } from '../sendgrid/render';
import type { SendgridState } from '../sendgrid/state';

/** The complete MIME source: the same bytes at every call. */
export async function buildEml(state: SendgridState, message: Message): Promise<Buffer> {
  const mail = renderMail(state, message);
  const composer = new MailComposer({
    from: addressOf(mail.from),
    to: mail.to.filter(isKept).map(addressOf),
    cc: mail.cc.filter(isKept).map(addressOf),
    replyTo: mail.replyTo.map(addressOf),
    subject: mail.subject,
    date: new Date(message.sentAt),
    messageId: `<${message.messageId}.${message.personalization}@geopod-ismtpd-sandbox>`,
    headers: { ...mail.headers, 'X-SG-EID': Buffer.from(`sandbox-${message.id}`).toString('base64') },
    ...bodyOf(mail),
    attachments: mail.attachments.map(attachmentOf),
    baseBoundary: `sandbox-${message.messageId}-${message.id}`,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function bodyOf(mail: RenderedMail): { text?: string; html?: string } {
  return {
    ...(mail.text === undefined ? {} : { text: mail.text }),
    ...(mail.html === undefined ? {} : { html: mail.html }),
  };
}

/** Erased recipients of a shared envelope have no address any more. */
function isKept(address: Address): boolean {
  return address.email !== '';
}

function addressOf(address: Address): { name: string; address: string } {
  return { name: address.name ?? '', address: address.email };
}

function attachmentOf(part: AttachmentPart): object {
  return {
    filename: part.filename,
    content: Buffer.from(part.content, 'base64'),
    ...(part.type === undefined ? {} : { contentType: part.type }),
    contentDisposition: part.disposition ?? 'attachment',
    ...(part.content_id === undefined ? {} : { cid: part.content_id }),
  };
}

/** The header lines of a source, unfolded, in their order. */
export function headerLines(source: Buffer): { name: string; value: string }[] {
  const end = source.indexOf('\r\n\r\n');
  const unfolded = source.toString('utf8', 0, end === -1 ? undefined : end).replace(/\r\n[ \t]+/g, ' ');
  return unfolded.split('\r\n').map((line) => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
  });
}
