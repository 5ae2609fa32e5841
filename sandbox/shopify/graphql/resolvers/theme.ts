// The published theme with its files, and the store's pictures by name. A shop without a theme sells by other means.
import { createHash } from 'node:crypto';
import type { FileRecord, ThemeRecord } from '../../records';
import { connection } from '../connection';
import { type Args, fields, type GraphqlContext, tagged, textArg } from '../context';
import { searchTest } from '../search';
import { productPicture } from './files';

const byId = { id: ({ id }: { id: string }) => id };

interface ThemeFile {
  filename: string;
  content: string;
  updatedAt: string;
}

function findThemes({ shop }: GraphqlContext, args: Args): ThemeRecord[] {
  const { theme } = shop.record;
  const isAsked = !Array.isArray(args.roles) || args.roles.includes('MAIN');
  return theme && isAsked ? [theme] : [];
}

/** `*` stands for any letters, as Shopify takes it. */
function isNamed(filename: string, patterns: unknown): boolean {
  if (!Array.isArray(patterns)) return true;
  return patterns.some((pattern) => {
    const pieces = String(pattern)
      .split('*')
      .map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${pieces.join('.*')}$`).test(filename);
  });
}

function filesOf({ files, updatedAt }: ThemeRecord, args: Args) {
  const found = Object.entries(files)
    .filter(([filename]) => isNamed(filename, args.filenames))
    .map(([filename, content]): ThemeFile => ({ filename, content, updatedAt }));
  const first = typeof args.first === 'number' ? args.first : 50;
  const nodes = found.slice(0, first);
  return {
    nodes,
    edges: nodes.map((node) => ({ node, cursor: node.filename })),
    pageInfo: { hasNextPage: found.length > first, hasPreviousPage: false, startCursor: null, endCursor: null },
    userErrors: [],
  };
}

/** What was uploaded, and what the theme shows. */
function findFiles({ shop }: GraphqlContext, args: Args): FileRecord[] {
  const wanted = searchTest<FileRecord>(textArg(args, 'query'), {
    text: ({ filename }) => filename,
    fields: {
      id: { kind: 'id', of: (file) => file.id },
      filename: { kind: 'word', of: ({ filename }) => filename },
      media_type: { kind: 'word', of: () => 'IMAGE' },
    },
  });
  const shown = shop.record.theme?.pictures.map(productPicture) ?? [];
  return [...shown, ...shop.files.values()].filter(wanted);
}

export const themeQueries = fields<unknown>({
  themes: (_root, args, ctx) => connection(ctx, findThemes(ctx, args), args, byId),
  theme: (_root, args, ctx) => findThemes(ctx, {}).find(({ id }) => String(args.id).endsWith(`/${id}`)) ?? null,
  files: (_root, args, ctx) => {
    const found = findFiles(ctx, args).map((file) => tagged('MediaImage', file));
    return connection(ctx, found, args, byId);
  },
});

export const themeResolvers = {
  OnlineStoreTheme: fields<ThemeRecord>({
    id: ({ id }) => `gid://shopify/OnlineStoreTheme/${id}`,
    role: () => 'MAIN',
    prefix: ({ id }) => `/t/${id}`,
    processing: () => false,
    processingFailed: () => false,
    themeStoreId: () => null,
    createdAt: ({ updatedAt }) => updatedAt,
    files: (theme, args) => filesOf(theme, args),
  }),
  OnlineStoreThemeFile: fields<ThemeFile>({
    body: ({ content }) => tagged('OnlineStoreThemeFileBodyText', { content }),
    checksumMd5: ({ content }) => createHash('md5').update(content).digest('hex'),
    contentType: () => 'application/json',
    size: ({ content }) => String(Buffer.byteLength(content)),
    createdAt: ({ updatedAt }) => updatedAt,
  }),
};
