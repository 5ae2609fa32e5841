// What the storefront remembers of a visitor: cart, language, currency, account, where they came from. In memory: a restart empties carts.
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { ShopState } from '../shopify/state';
import type { ShopLanguage } from './words';

export interface ShopSession {
  id: string;
  /** Variant id → quantity, in the order things were put in. */
  cart: Map<string, number>;
  language: ShopLanguage;
  currency: string;
  customerId: string | null;
  /** The open checkout of this cart, if one was started. */
  checkoutToken: string | null;
  /** Typed in the cart or brought by a link; tried when the checkout starts. */
  discountCode: string | null;
  landingSite: string | null;
  referringSite: string | null;
  /** Said once on the next page. */
  notice: string | null;
}

const MOST = 5_000;
const COOKIE = 'shop_session';

export type Sessions = ReturnType<typeof createSessions>;

function languageFor(shop: ShopState, req: Request): ShopLanguage {
  const offered = [shop.record.locale, ...shop.record.otherLocales].map((locale) => locale.slice(0, 2));
  const known = (['fr', 'en'] as const).filter((language) => offered.includes(language));
  return req.acceptsLanguages(...known) === 'en' && known.includes('en') ? 'en' : (known[0] ?? 'en');
}

/** Parameters that say where a visitor came from; the latest visit with some counts. */
function isCampaign(url: string): boolean {
  return /[?&](utm_[a-z]+|ref|gclid|fbclid)=/.test(url);
}

export function createSessions() {
  const sessions = new Map<string, ShopSession>();

  function begin(shop: ShopState, req: Request): ShopSession {
    const oldest = sessions.size >= MOST ? sessions.keys().next().value : undefined;
    if (oldest !== undefined) sessions.delete(oldest);
    const session: ShopSession = {
      id: randomBytes(16).toString('hex'),
      cart: new Map(),
      language: languageFor(shop, req),
      currency: shop.record.currency,
      customerId: null,
      checkoutToken: null,
      discountCode: null,
      landingSite: null,
      referringSite: null,
      notice: null,
    };
    sessions.set(`${shop.domain}/${session.id}`, session);
    return session;
  }

  /** The visitor's session in this shop, begun if need be; notes language, currency and campaign given in the address. */
  return function visit(shop: ShopState, req: Request, res: Response): ShopSession {
    const root = `/shop/${shop.record.handle}`;
    const [, id = ''] = new RegExp(`(?:^|;\\s*)${COOKIE}=([0-9a-f]{32})`).exec(req.headers.cookie ?? '') ?? [];
    const known = sessions.get(`${shop.domain}/${id}`);
    const session = known ?? begin(shop, req);
    if (!known) res.append('Set-Cookie', `${COOKIE}=${session.id}; Path=${root}; HttpOnly; SameSite=Lax`);
    const { locale, currency } = req.query;
    if (locale === 'fr' || locale === 'en') session.language = locale;
    if (typeof currency === 'string' && shop.record.presentmentCurrencies.includes(currency))
      session.currency = currency;
    const rest = req.originalUrl.slice(root.length);
    const address = rest.startsWith('/') ? rest : `/${rest}`;
    if (req.method === 'GET' && (session.landingSite === null || isCampaign(address))) {
      session.landingSite = address;
      session.referringSite = req.get('referer') ?? null;
    }
    return session;
  };
}
