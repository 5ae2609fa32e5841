/** The settings of a picture block, and the picture of a column. Used by the blocks' settings. */
import { TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Block } from '../emails/content';
import { PictureField } from '../ui/picture-field';
import type { SettingsProps } from './block-settings';
import { useEditorSurroundings } from './editor-context';
import { LinkFields } from './link-fields';
import { WordsField } from './words-field';

type ImageBlock = Extract<Block, { type: 'image' }>;
type Picture = Pick<ImageBlock, 'url' | 'alt' | 'width'>;

/** As wide as the e-mail's column. */
const WIDEST = 512;
const NARROWEST = 40;

export function PictureSettings({ block, original, path, onChange }: SettingsProps<ImageBlock>) {
  const { errors } = useEditorSurroundings();
  return (
    <>
      <PictureWords
        picture={block}
        original={original}
        path={path}
        onChange={(next) => onChange({ ...block, ...next })}
      />
      <Width value={block.width ?? WIDEST} onChange={(width) => onChange({ ...block, width })} />
      <LinkFields
        optional
        link={block.link ?? null}
        error={errors[`${path}.link.url`]}
        onChange={(link) => {
          const { link: _, ...rest } = block;
          onChange(link ? { ...rest, link } : rest);
        }}
      />
    </>
  );
}

export interface PictureWordsProps {
  picture: Picture;
  original: Picture | undefined;
  path: string;
  onChange(picture: Picture): void;
}

/** The picture itself and what it shows, in words. */
export function PictureWords({ picture, original, path, onChange }: PictureWordsProps) {
  const { t } = useTranslation();
  const { errors, uploadPicture, reading } = useEditorSurroundings();
  return (
    <>
      <PictureField
        label={t('editor.kinds.image')}
        url={picture.url}
        alt={picture.alt[reading]}
        error={errors[`${path}.url`]}
        upload={uploadPicture}
        onChange={({ url, width }) => {
          const fits = width === undefined ? {} : { width: Math.max(NARROWEST, Math.min(width, WIDEST)) };
          onChange({ ...picture, url, ...fits });
        }}
      />
      <WordsField
        label={t('editor.settings.alt')}
        path={`${path}.alt`}
        words={picture.alt}
        original={original?.alt}
        onChange={(alt) => onChange({ ...picture, alt })}
      />
    </>
  );
}

function Width({ value, onChange }: { value: number; onChange(value: number): void }) {
  const { t } = useTranslation();
  return (
    <TextField
      label={t('editor.settings.width')}
      type="number"
      min={NARROWEST}
      max={WIDEST}
      step={10}
      suffix="px"
      autoComplete="off"
      value={String(value)}
      onChange={(typed) => {
        const number = Math.round(Number(typed));
        if (number >= 1 && number <= WIDEST) onChange(Math.max(NARROWEST, number));
      }}
    />
  );
}
