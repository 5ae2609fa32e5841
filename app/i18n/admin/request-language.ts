/** The language of the person who looks at the admin: Shopify puts it into the address of each document. */
import { type Language, languageFor } from '../../lib/language';

/** The `locale` parameter, else what the browser prefers. */
export function requestLanguage(request: Request): Language {
  const locale = new URL(request.url).searchParams.get('locale');
  const accepted = request.headers.get('accept-language')?.split(',') ?? [];
  return languageFor(locale, ...accepted.map((one) => one.split(';')[0]?.trim()));
}
