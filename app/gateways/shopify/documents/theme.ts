/** The published theme's settings, and the picture a file of the store's shows. */
import { z } from 'zod';
import type { ThemeFiles } from '../theme/settings';
import { THEME_FILES } from '../theme/settings';
import type { AdminDocument } from './document';

export interface PublishedTheme {
  name: string;
  files: ThemeFiles;
}

const body = z.union([
  z.object({ content: z.string() }).transform(({ content }) => content),
  z
    .object({ contentBase64: z.string() })
    .transform((file) => Buffer.from(file.contentBase64, 'base64').toString('utf8')),
  // Too large to travel along.
  z.looseObject({}).transform(() => undefined),
]);
const themes = z.object({
  shop: z.object({ primaryDomain: z.object({ url: z.string() }) }),
  themes: z.object({
    nodes: z.array(
      z.object({
        name: z.string(),
        files: z.object({ nodes: z.array(z.object({ filename: z.string(), body })) }).nullable(),
      }),
    ),
  }),
});

export interface ThemeAnswer {
  /** Where the store is: its own pictures may stand there. */
  storeUrl: string;
  /** Null when none is published. */
  theme: PublishedTheme | null;
}

/** Variables: `themeInput()`. Needs `read_themes`. */
export const PUBLISHED_THEME: AdminDocument<ThemeAnswer> = {
  name: 'PublishedTheme',
  text: `query PublishedTheme($files: [String!]!) {
    shop { primaryDomain { url } }
    themes(first: 1, roles: [MAIN]) {
      nodes {
        name
        files(first: 4, filenames: $files) {
          nodes {
            filename
            body {
              ... on OnlineStoreThemeFileBodyText { content }
              ... on OnlineStoreThemeFileBodyBase64 { contentBase64 }
            }
          }
        }
      }
    }
  }`,
  read(data) {
    const answer = themes.parse(data);
    const [theme] = answer.themes.nodes;
    const files = theme?.files?.nodes.map((file) => [file.filename, file.body] as const) ?? [];
    return {
      storeUrl: answer.shop.primaryDomain.url,
      theme: theme ? { name: theme.name, files: Object.fromEntries(files) } : null,
    };
  },
};

export const themeInput = () => ({ files: [...THEME_FILES] });

export interface StorePicture {
  /** As it is, at most so wide as an e-mail needs it for sharp screens. */
  url: string;
  /** The same turned into a format that mail programs show, as far as Shopify can. */
  png: string;
  jpg: string;
  width: number | null;
  height: number | null;
}

const pictures = z.object({
  files: z.object({
    nodes: z.array(
      z.looseObject({
        image: z
          .object({
            url: z.string(),
            png: z.string(),
            jpg: z.string(),
            width: z.number().nullish(),
            height: z.number().nullish(),
          })
          .nullish(),
      }),
    ),
  }),
});

/** Variables: `storePictureInput(file)`. Answers null when the store has no such picture. `read_themes` opens it too. */
export const STORE_PICTURE: AdminDocument<StorePicture | null> = {
  name: 'StorePicture',
  text: `query StorePicture($query: String!) {
    files(first: 5, query: $query) {
      nodes {
        ... on MediaImage {
          image {
            width
            height
            url(transform: { maxWidth: 640 })
            png: url(transform: { maxWidth: 640, preferredContentType: PNG })
            jpg: url(transform: { maxWidth: 640, preferredContentType: JPG })
          }
        }
      }
    }
  }`,
  read(data) {
    const image = pictures.parse(data).files.nodes.find((node) => node.image)?.image;
    return image ? { ...image, width: image.width ?? null, height: image.height ?? null } : null;
  },
};

/** @param file its name, without quotes */
export const storePictureInput = (file: string) => ({ query: `filename:"${file}"` });
