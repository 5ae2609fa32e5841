// What SendGrid refuses in subject, content, attachments, categories, sections and the other message-level fields.
import { allStrings, type Findings, isAscii, isFilled, isObject, type Json } from './check';

const UNSAFE = /[;,\r\n]/;
const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

export function checkContent(found: Findings, body: Json): void {
  const { content } = body;
  if (content === undefined) {
    if (body.template_id === undefined) {
      found.report(
        'content',
        'Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block. We typically suggest both text/plain and text/html blocks are included, but only one block is required.',
      );
    }
    return;
  }
  if (!Array.isArray(content) || (content.length === 0 && body.template_id === undefined)) {
    found.report(
      'content',
      'There must be at least one defined content block. We typically suggest both text/plain and text/html blocks are included, but only one block is required.',
    );
    return;
  }
  content.forEach((part: unknown, i) => {
    const { type, value } = isObject(part) ? part : ({} as Json);
    if (!isFilled(type))
      found.report(`content.${i}.type`, 'Your content type must be a string with length of at least one character.');
    else if (UNSAFE.test(type)) found.report(`content.${i}.type`, "Cannot contain ';', or CRLF characters.");
    if (!isFilled(value))
      found.report(`content.${i}.value`, 'The content value must be a string at least one character in length.');
  });
  checkOrder(found, content);
}

function checkOrder(found: Findings, content: unknown[]): void {
  const types = content.map((part) => (isObject(part) ? String(part.type).toLowerCase() : ''));
  const rank = (type: string): number => (type === 'text/plain' ? 0 : type === 'text/html' ? 1 : 2);
  if (types.some((type, i) => i > 0 && rank(type) < rank(types[i - 1] ?? ''))) {
    found.report(
      'content',
      'Following RFC 1341, section 7.2, if either text/html or text/plain are to be sent in your email: text/plain needs to be first, followed by text/html, followed by any other content.',
    );
  }
}

export function checkAttachments(found: Findings, attachments: unknown): void {
  if (attachments === undefined) return;
  if (!Array.isArray(attachments)) {
    found.report('attachments', 'The attachments must be an array of objects.');
    return;
  }
  attachments.forEach((entry: unknown, i) => {
    checkAttachment(found, `attachments.${i}`, isObject(entry) ? entry : {});
  });
}

function checkAttachment(found: Findings, field: string, entry: Json): void {
  const { content, filename, type, disposition, content_id: contentId } = entry;
  if (!isFilled(content))
    found.report(`${field}.content`, 'The attachment content must be a string at least one character in length.');
  else if (!BASE64.test(content)) found.report(`${field}.content`, 'The attachment content must be base64 encoded.');
  if (filename === undefined) found.report(`${field}.filename`, 'filename is required.');
  else if (typeof filename !== 'string')
    found.report(`${field}.filename`, 'The filename of your attachment must be a string.');
  else if (UNSAFE.test(filename))
    found.report(`${field}.filename`, 'The filename of your attachment cannot contain CRLF characters.');
  if (type !== undefined && !isFilled(type))
    found.report(`${field}.type`, 'The attachment type must be a string and at least one character in length.');
  else if (typeof type === 'string' && UNSAFE.test(type))
    found.report(`${field}.type`, "The type cannot contain ';', or CRLF characters.");
  if (disposition !== undefined && disposition !== 'inline' && disposition !== 'attachment') {
    found.report(
      `${field}.disposition`,
      `The disposition of your attachment can be either "inline" or "attachment". You provided ${String(disposition)}.`,
    );
  }
  if (contentId !== undefined && typeof contentId !== 'string')
    found.report(`${field}.content_id`, 'The content ID of your attachment must be a string.');
  else if (typeof contentId === 'string' && UNSAFE.test(contentId))
    found.report(`${field}.content_id`, 'The content ID of your attachment cannot contain CRLF characters.');
}

export function checkCategories(found: Findings, categories: unknown): void {
  if (categories === undefined) return;
  if (!Array.isArray(categories) || categories.some((entry) => typeof entry !== 'string')) {
    found.report('categories', 'Categories must be an array of strings.');
    return;
  }
  const names = categories as string[];
  if (names.length > 10)
    found.report(
      'categories',
      `There is a limit of 10 categories for each email that is sent. You provided ${names.length} categories.`,
    );
  for (const name of names) {
    if (name.length > 255)
      found.report('categories', `Each category must not be longer than 255 characters. ${name} exceeds this limit`);
    if (!isAscii(name)) found.report('categories', 'Categories can not contain non-ASCII characters.');
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    found.report('categories', `The categories must be a unique list, and you have included ${twice} more than once.`);
}

/** Subject at message level, needed unless every personalization brings its own. */
export function checkSubject(found: Findings, body: Json): void {
  if (body.subject !== undefined) {
    if (!isFilled(body.subject))
      found.report('subject', 'The subject of your email must be a string at least one character in length.');
    return;
  }
  const envelopes = Array.isArray(body.personalizations) ? body.personalizations : [];
  if (body.template_id === undefined && !envelopes.every((entry) => isObject(entry) && entry.subject !== undefined)) {
    found.report(
      'subject',
      'The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.',
    );
  }
}

export function checkSections(found: Findings, sections: unknown): void {
  if (sections !== undefined && !(isObject(sections) && allStrings(sections)))
    found.report('sections', 'The section values must be strings.');
}
