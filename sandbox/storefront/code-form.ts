// The field to type a discount code, and the codes in use with their way out. Stands in the cart and in the checkout.
import { html, type Markup } from '../admin/html';
import { codeWords } from './code-words';
import type { Visit } from './visit';
import { fill } from './words';

export function codeForm(
  visit: Visit,
  { path, codes, error }: { path: string; codes: readonly string[]; error: string | null },
): Markup {
  const words = codeWords(visit.session.language);
  const out = (code: string) =>
    html`<form method="post" action="${path}/remove"><button class="plain" name="code" value="${code}">${fill(words.remove, { code })}</button></form>`;
  return html`<div class="codes"><form method="post" action="${path}" class="code-form">
      <label>${words.field}<input name="code" maxlength="255" autocomplete="off" autocapitalize="characters" spellcheck="false"></label><button class="plain">${words.use}</button></form>
    ${error && html`<p class="error" role="alert">${error}</p>`}${codes.map(out)}</div>`;
}
