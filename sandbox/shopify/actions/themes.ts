// The merchant publishes a theme, or takes the store's away. No webhook of ours tells of it.
import type { ImageRecord, ThemeRecord } from '../records';
import { type ActionParts, stamp, type When } from './parts';

export interface ThemeInput {
  name: string;
  /** Text by file name, such as `config/settings_data.json`. */
  files: Record<string, string>;
  /** What stands under Content, Files; `shopify://shop_images/…` names them. */
  pictures?: Omit<ImageRecord, 'id'>[] | undefined;
}

export function themeActions(parts: ActionParts) {
  const { state } = parts;
  return {
    publishTheme(domain: string, { name, files, pictures = [] }: ThemeInput, when?: When): ThemeRecord {
      const shop = state.shop(domain);
      const theme: ThemeRecord = {
        id: state.nextId('other'),
        name,
        files: { ...files },
        pictures: pictures.map((picture) => ({ ...picture, id: state.nextId('image') })),
        updatedAt: stamp(parts, when),
      };
      shop.record.theme = theme;
      shop.touch();
      return theme;
    },
    removeTheme(domain: string): void {
      const shop = state.shop(domain);
      shop.record.theme = null;
      shop.touch();
    },
  };
}
