/** The brand as its page's form holds it, and the way there and back. Used by the brand page. */
import type { BrandSettings, FontKey, ThemeBrand } from '../domain/brand';

export interface BrandForm {
  /** The theme's, another picture, or the shop's name in letters. */
  logoFrom: 'theme' | 'own' | 'none';
  logoUrl: string;
  /** Empty: the theme's, or the usual one. */
  buttonColor: string;
  background: string;
  /** Null: the theme's, or the usual one. */
  headingFont: FontKey | null;
  bodyFont: FontKey | null;
  /** One address a line. */
  socialLinks: string;
}

type FromTheme = Pick<ThemeBrand, 'logo' | 'socialLinks'>;

function logoFrom({ logoUrl }: BrandSettings, { logo }: FromTheme): BrandForm['logoFrom'] {
  if (logoUrl) return 'own';
  return logoUrl === null && logo ? 'theme' : 'none';
}

export function toBrandForm(own: BrandSettings, theme: FromTheme): BrandForm {
  return {
    logoFrom: logoFrom(own, theme),
    logoUrl: own.logoUrl ?? '',
    buttonColor: own.buttonColor ?? '',
    background: own.background ?? '',
    headingFont: own.headingFont,
    bodyFont: own.bodyFont,
    socialLinks: (own.socialLinks ?? theme.socialLinks).join('\n'),
  };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Whether the field shows nothing but what the theme says. */
export function hasThemeLinks({ socialLinks }: BrandForm, theme: FromTheme): boolean {
  return theme.socialLinks.length > 0 && linesOf(socialLinks).join('\n') === theme.socialLinks.join('\n');
}

function logoUrlOf({ logoFrom, logoUrl }: BrandForm, { logo }: FromTheme): string | null {
  if (logoFrom === 'own') return logoUrl;
  return logoFrom === 'none' && logo ? '' : null;
}

/** What travels to the server, in the shape of `BrandSettings`; wrong fields travel as they are and are refused there. */
export function fromBrandForm(form: BrandForm, theme: FromTheme): BrandSettings {
  const links = linesOf(form.socialLinks);
  const asTheme = links.join('\n') === theme.socialLinks.join('\n');
  return {
    logoUrl: logoUrlOf(form, theme),
    buttonColor: form.buttonColor,
    background: form.background,
    headingFont: form.headingFont,
    bodyFont: form.bodyFont,
    // What the theme says goes on following the theme.
    socialLinks: asTheme ? null : links,
  };
}
