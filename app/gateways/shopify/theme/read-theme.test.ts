import { describe, expect, it, test } from 'vitest';
import { readThemeColor } from './colors';
import { readFont } from './fonts';
import { readTheme } from './read-theme';
import { FOOTER_FILE, HEADER_FILE, SCHEMA_FILE, SETTINGS_FILE, type ThemeFiles } from './settings';

const files = (settings: unknown, others: Record<string, unknown> = {}): ThemeFiles => ({
  [SETTINGS_FILE]: JSON.stringify(settings),
  ...Object.fromEntries(Object.entries(others).map(([name, file]) => [name, JSON.stringify(file)])),
});

describe('a theme', () => {
  it('with color schemes, one logo and links for the whole store', () => {
    const current = {
      logo: 'shopify://shop_images/Logo Lune.png',
      logo_width: 110,
      type_header_font: 'playfair_display_n7',
      type_body_font: 'assistant_n4',
      buttons_radius: 6,
      social_instagram_link: 'https://www.instagram.com/lune',
      social_facebook_link: 'http://facebook.com/lune.paris',
      social_tiktok_link: '',
      social_x_link: 'https://x.com/shopify',
      color_schemes: {
        one: { settings: { background: '#FFFFFF', text: '#121212', button: '#334FB4', button_label: '#FFFFFF' } },
        two: { settings: { background: '#000000', text: '#ffffff', button: '#ffffff', button_label: '#000000' } },
      },
    };
    const text = `/* The editor writes\n * this file. */\n${JSON.stringify({ current, presets: {} })}`;
    expect(readTheme({ [SETTINGS_FILE]: text })).toEqual({
      logo: { file: 'Logo Lune.png' },
      logoSize: { width: 110 },
      background: '#ffffff',
      textColor: '#121212',
      buttonColor: '#334fb4',
      buttonTextColor: '#ffffff',
      headingFont: { name: 'Playfair Display', font: 'serif' },
      bodyFont: { name: 'Assistant', font: 'sans' },
      radius: 6,
      socialLinks: ['https://www.instagram.com/lune', 'https://facebook.com/lune.paris'],
    });
  });

  it('whose schemes name every part, with a logo of a height and links in its footer', () => {
    const current = {
      logo: 'shopify://shop_images/lune.svg',
      logo_inverse: 'shopify://shop_images/lune-white.svg',
      logo_height: 48,
      type_body_font: 'inter_n4',
      type_heading_font: 'cormorant_garamond_n7',
      type_font_h1: 'heading',
      button_border_radius_primary: 14,
      color_schemes: {
        'scheme-1': {
          settings: {
            background: '#f4f1ec',
            foreground: '#000000cf',
            primary_button_background: '#c74a1b',
            primary_button_text: '#ffffff',
            secondary_button_background: 'rgba(0,0,0,0)',
          },
        },
      },
    };
    const footer = {
      sections: {
        footer: {
          type: 'footer',
          blocks: {
            social: { type: 'social-links', settings: { instagram_url: 'https://instagram.com/lune/' } },
            hidden: { type: 'social-links', disabled: true, settings: { tiktok_url: 'https://tiktok.com/@lune' } },
            text: { type: 'text', settings: { text: '<p>Follow https://facebook.com/lune</p>' } },
          },
        },
      },
    };
    expect(readTheme(files({ current }, { [FOOTER_FILE]: footer }))).toMatchObject({
      logo: { file: 'lune.svg' },
      logoSize: { height: 48 },
      background: '#f4f1ec',
      textColor: '#303030',
      buttonColor: '#c74a1b',
      headingFont: { name: 'Cormorant Garamond', font: 'book' },
      bodyFont: { name: 'Inter', font: 'sans' },
      radius: 14,
      socialLinks: ['https://instagram.com/lune/'],
    });
  });

  it('of the years before schemes, with its logo in the header’s section', () => {
    const current = {
      color_body_bg: '#fff',
      color_body_text: 'rgb(51, 51, 51)',
      color_button: '#7796A8',
      color_button_text: '#fff',
      type_header_font: 'Google_Playfair+Display_400,700',
      sections: {
        header: { type: 'header', settings: { logo: 'shopify://shop_images/old.jpg', logo_max_width: '180' } },
      },
    };
    expect(readTheme(files({ current }))).toMatchObject({
      logo: { file: 'old.jpg' },
      logoSize: { width: 180 },
      background: '#ffffff',
      textColor: '#333333',
      buttonColor: '#7796a8',
      headingFont: { name: 'Playfair Display', font: 'serif' },
      bodyFont: null,
    });
  });

  it('that nobody has touched says what its preset and its schema say', () => {
    const schema = [
      { name: 'Fonts', settings: [{ type: 'font_picker', id: 'heading_font', default: 'josefin_sans_n4' }] },
      { name: 'Words', settings: [{ type: 'header', content: 'x' }, null] },
    ];
    const data = { current: 'Calm', presets: { Calm: { accent_color: '#123' }, Loud: { accent_color: '#f00' } } };
    expect(readTheme(files(data, { [SCHEMA_FILE]: schema }))).toMatchObject({
      buttonColor: '#112233',
      headingFont: { name: 'Josefin Sans', font: 'geometric' },
    });
  });

  it('with its logo in a file of its own', () => {
    const header = { sections: { top: { settings: { logo: 'shopify://shop_images/top.png' } } } };
    expect(readTheme(files({ current: {} }, { [HEADER_FILE]: header }))?.logo).toEqual({ file: 'top.png' });
  });

  test.each<[string, ThemeFiles]>([
    ['no file', {}],
    ['no JSON', { [SETTINGS_FILE]: '<html>' }],
    ['a list', files([])],
    ['a preset that is not there', files({ current: 'Gone', presets: {} })],
    ['nothing', files(null)],
  ])('of which there is %s cannot be read', (_what, theme) => {
    expect(readTheme(theme)).toBeNull();
  });

  it('full of nonsense and traps brings nothing', () => {
    const current = {
      logo: 'shopify://shop_images/../../x" onerror="y',
      header_logo: 'javascript:alert(1)',
      logo_width: 'wide',
      buttons_radius: -3,
      color_button: 'url(https://evil.example)',
      color_text: '#000}</style><script>',
      type_body_font: { name: 'x' },
      heading_font: 'Arial"; background: url(x)',
      social_instagram_link: 'javascript://instagram.com/%0aalert(1)',
      social_facebook_link: 'https://facebook.com.evil.example/lune',
      social_tiktok_link: 'https://me:pass@tiktok.com/@lune',
      social_pinterest_link: 'https://pinterest.com',
      color_schemes: [{ settings: { button: '#123456' } }],
      sections: 'none',
      __proto__: { polluted: true },
    };
    expect(readTheme(files({ current }, { [SCHEMA_FILE]: { a: 1 }, [FOOTER_FILE]: 'x' }))).toEqual({
      logo: null,
      logoSize: {},
      background: null,
      textColor: null,
      buttonColor: null,
      buttonTextColor: null,
      headingFont: null,
      bodyFont: null,
      radius: null,
      socialLinks: [],
    });
  });
});

test.each([
  ['#ABC', '#aabbcc'],
  ['#abcf', '#aabbcc'],
  ['#11223380', '#889099'],
  ['#11223320', null],
  ['rgba(17, 34, 51, 1)', '#112233'],
  ['rgb(17 34 51 / 100%)', '#112233'],
  ['rgba(0,0,0,0)', null],
  ['', null],
  ['linear-gradient(#000,#fff)', null],
  [7, null],
])('the color %j is %j', (written, color) => {
  expect(readThemeColor(written)).toBe(color);
});

test.each([
  ['futura_n4', 'geometric'],
  ['source_sans_pro_n4', 'humanist'],
  ['libre_franklin_n4', 'sans'],
  ['noto_serif_i4', 'serif'],
  ['ibm_plex_mono_n4', 'mono'],
  ['eb_garamond_n5', 'book'],
  ['helvetica_n4', 'sans'],
])('the font %s is drawn as %s', (handle, font) => {
  expect(readFont(handle)?.font).toBe(font);
});

test.each(['heading', '', 'x', 12, null, 'a_b;c_n4'])('%j is no font', (value) => {
  expect(readFont(value)).toBeNull();
});
