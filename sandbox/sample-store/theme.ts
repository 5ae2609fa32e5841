// The theme of Maison Lune: its settings as Shopify's editor writes them, in the colors its storefront here has. Put up by fill.ts.
import type { ThemeInput } from '../shopify/actions';

const COMMENT = `/*
 * Written by the theme editor.
 */
`;

const scheme = (background: string, text: string, button: string, label: string) => ({
  settings: { background, background_gradient: '', text, button, button_label: label, secondary_button_label: text },
});

const SETTINGS = {
  current: {
    logo: 'shopify://shop_images/logo.png',
    logo_width: 200,
    favicon: 'shopify://shop_images/icon.png',
    type_header_font: 'cormorant_garamond_n6',
    type_body_font: 'lato_n4',
    page_width: 1200,
    buttons_radius: 2,
    social_facebook_link: 'https://www.facebook.com/maison.lune.exemple',
    social_instagram_link: 'https://www.instagram.com/maison.lune.exemple/',
    social_pinterest_link: 'https://www.pinterest.fr/maisonluneexemple/',
    social_youtube_link: '',
    color_schemes: {
      'scheme-1': scheme('#fbf8f3', '#33302e', '#7a5230', '#ffffff'),
      'scheme-2': scheme('#33302e', '#fbf8f3', '#fbf8f3', '#33302e'),
    },
  },
  presets: { Lune: {} },
};

export const MAISON_LUNE_THEME: ThemeInput = {
  name: 'Lune',
  files: { 'config/settings_data.json': COMMENT + JSON.stringify(SETTINGS, null, 2) },
  pictures: [{ url: '/pictures/logo.png', alt: 'Maison Lune', width: 640, height: 160 }],
};
