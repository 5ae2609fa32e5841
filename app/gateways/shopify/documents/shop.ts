/** The shop itself: what it is called, where it is, what it sells in. */
import { z } from 'zod';
import type { ShopSnapshot } from '../../../domain/snapshot';
import { address, country, id, text, time } from '../fields';
import type { AdminDocument } from './document';

const shopNode = z.object({
  shop: z.object({
    id: id.pipe(z.string()),
    name: z.string(),
    contactEmail: address,
    currencyCode: z.string(),
    ianaTimezone: z.string(),
    updatedAt: time,
    primaryDomain: z.object({
      url: z.string(),
      localization: z.object({ defaultLocale: text }).nullish(),
    }),
    shopAddress: z.object({
      company: text,
      address1: text,
      address2: text,
      zip: text,
      city: text,
      province: text,
      countryCodeV2: country,
    }),
  }),
});

/** @param seenAt when it was asked for */
export function shopDocument(seenAt: string): AdminDocument<ShopSnapshot> {
  return {
    name: 'Shop',
    text: `query Shop {
      shop {
        id
        name
        contactEmail
        currencyCode
        ianaTimezone
        updatedAt
        primaryDomain { url localization { defaultLocale } }
        shopAddress { company address1 address2 zip city province countryCodeV2 }
      }
    }`,
    read(data) {
      const { shop } = shopNode.parse(data);
      const locale = shop.primaryDomain.localization?.defaultLocale;
      return {
        shopifyId: shop.id,
        name: shop.name,
        email: shop.contactEmail,
        currency: shop.currencyCode,
        timeZone: shop.ianaTimezone,
        country: shop.shopAddress.countryCodeV2,
        url: shop.primaryDomain.url,
        address: addressOf(shop.shopAddress, shop.name),
        updatedAt: shop.updatedAt,
        seenAt,
        ...(locale ? { locale } : {}),
      };
    },
  };
}

/** Null while the shop has not said where it is: then nothing may be sent. */
function addressOf(told: z.output<typeof shopNode>['shop']['shopAddress'], name: string) {
  if (told.address1 === null || told.city === null) return null;
  return {
    company: told.company ?? name,
    line1: told.address1,
    line2: told.address2 ?? '',
    postalCode: told.zip ?? '',
    city: told.city,
    region: told.province ?? '',
    country: told.countryCodeV2 ?? '',
  };
}
