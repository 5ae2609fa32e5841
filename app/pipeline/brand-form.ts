/** The owner's brand at the door, with the reason for each field that is refused. What a theme says goes through the same readers. */
import { z } from 'zod';
import {
  type BrandSettings,
  FONT_KEYS,
  isUnshownFormat,
  MOST_SOCIAL_LINKS,
  readColor,
  readPictureAddress,
  readSocialLink,
} from '../domain/brand';
import { isGround } from '../emails/palette';
import type { FieldError } from '../scenarios/overlay';

type Read = (text: string) => { value: string } | { code: string };

const orCode = (value: string | null, code: string) => (value === null ? { code } : { value });

const asColor: Read = (text) => orCode(readColor(text), 'not-a-color');
const asGround: Read = (text) => {
  const color = asColor(text);
  return 'value' in color && !isGround(color.value) ? { code: 'too-dark' } : color;
};
const asPicture: Read = (text) => {
  const picture = orCode(readPictureAddress(text), 'not-a-web-address');
  return 'value' in picture && isUnshownFormat(picture.value) ? { code: 'picture-format' } : picture;
};
const asLink: Read = (text) => orCode(readSocialLink(text), 'not-an-https-address');

const through =
  (read: Read) =>
  (text: string, context: z.RefinementCtx): string => {
    const told = read(text);
    if ('value' in told) return told.value;
    context.addIssue({ code: 'custom', message: told.code });
    return z.NEVER;
  };

const isEmpty = (text: string) => text.trim() === '';

/** Empty text is no choice. */
const optional = (read: Read) =>
  z
    .string('malformed')
    .nullable()
    .transform((text, context) => (text === null || isEmpty(text) ? null : through(read)(text, context)));

const font = z.enum(FONT_KEYS, 'not-a-choice').nullable();

const brandSchema = z.object({
  // Empty text is a choice here: no picture.
  logoUrl: z
    .string('malformed')
    .nullable()
    .transform((text, context) => {
      if (text === null) return null;
      return isEmpty(text) ? '' : through(asPicture)(text, context);
    }),
  buttonColor: optional(asColor),
  background: optional(asGround),
  headingFont: font,
  bodyFont: font,
  socialLinks: z
    .array(z.string('malformed').transform(through(asLink)))
    .max(MOST_SOCIAL_LINKS, 'too-many')
    .transform((links) => [...new Set(links)])
    .nullable(),
});

/** @param input every field; one that is absent is refused like one that is wrong */
export function parseBrand(input: unknown): { ok: true; brand: BrandSettings } | { ok: false; errors: FieldError[] } {
  const parsed = brandSchema.safeParse(input);
  if (parsed.success) return { ok: true, brand: parsed.data };
  return {
    ok: false,
    errors: parsed.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      code: /^[a-z-]+$/.test(issue.message) ? issue.message : 'malformed',
      ...(issue.code === 'too_big' ? { params: { max: Number(issue.maximum) } } : {}),
    })),
  };
}
