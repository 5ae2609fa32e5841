/** The few rules that cannot stand inline: phone widths, Apple's and Outlook.com's dark mode. The mail is whole without them. */
import type { Palette } from '../palette';

function darkRules(colors: Palette, scope: string): string {
  const rules: [string, string][] = [
    // react-email draws the body as a cell too.
    ['.bg', `background-color:${colors.background} !important`],
    ['.bg>table>tbody>tr>td', `background-color:${colors.background} !important`],
    ['.surface', `background-color:${colors.surface} !important;border-color:${colors.line} !important`],
    ['.tint', `background-color:${colors.tint} !important`],
    ['.line', `border-color:${colors.line} !important`],
    ['.text', `color:${colors.text} !important`],
    ['.muted', `color:${colors.muted} !important`],
    ['.notice', `color:${colors.notice} !important`],
    ['.link', `color:${colors.link} !important`],
    ['.button', `background-color:${colors.button} !important;color:${colors.buttonText} !important`],
    // A dark logo on a clear ground would vanish: it keeps a light plate.
    ['.logo', 'background-color:#ffffff !important;padding:8px 12px !important;border-radius:6px !important'],
  ];
  return rules.map(([selector, rule]) => `${scope}${selector}{${rule}}`).join('');
}

const PHONE = [
  '.gutter{padding-left:24px !important;padding-right:24px !important}',
  '.gutter-narrow{padding-left:14px !important;padding-right:14px !important}',
  '.outer{padding-left:0 !important;padding-right:0 !important}',
  '.surface{border-left:0 !important;border-right:0 !important;border-radius:0 !important}',
  '.h1{font-size:28px !important;line-height:36px !important}',
  '.stack{display:block !important;width:auto !important}',
].join('');

export function styleSheet(dark: Palette): string {
  return [
    ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    `@media (max-width:600px){${PHONE}}`,
    `@media (prefers-color-scheme:dark){${darkRules(dark, '')}}`,
    darkRules(dark, '[data-ogsc] '),
  ].join('');
}

/** For Outlook on Windows only: true pixels on large screens, the line heights asked for, and a width, since it knows no `max-width`. */
export const OUTLOOK_HEAD =
  '<!--[if mso]><xml><o:OfficeDocumentSettings xmlns:o="urn:schemas-microsoft-com:office:office"><o:AllowPNG/>' +
  '<o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><style>.container{width:600px !important}td,p,a,h1,h2{mso-line-height-rule:exactly}</style><![endif]-->';
