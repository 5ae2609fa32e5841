/** The whole e-mail around its blocks: head, hidden preview line, header on the ground, content on a sheet, footer on the ground. */
import { type CSSProperties, Fragment } from 'react';
import { Body, Container, Head, Html } from 'react-email';
import { BLOCK_MARK_ATTRIBUTE } from '../../lib/block-marks';
import type { Block } from '../content';
import { BlockView } from './block';
import { type BlockContext, WIDTH } from './context';
import { styleSheet } from './style-sheet';

interface PageProps {
  blocks: readonly Block[];
  /** Marked. */
  subject: string;
  previewText: string;
  context: BlockContext;
  /** Whether it is said where each block begins. */
  blockMarks?: boolean;
}

/** Fills the rest of the preview line, which would else show the mail's first words again. Of fixed length: the text may be a slot. */
const PREVIEW_PADDING = '\u034f\u200c\u00a0'.repeat(70);

function PreviewLine({ text, ground }: { text: string; ground: string }) {
  return (
    <div
      data-text="skip"
      // Where hiding is unknown it is still too small and too pale to see.
      style={{ display: 'none', msoHide: 'all', fontSize: '1px', lineHeight: '1px', color: ground } as CSSProperties}
    >
      {text + PREVIEW_PADDING}
    </div>
  );
}

export function Page({ blocks, subject, previewText, context, blockMarks = false }: PageProps) {
  const { brand, language } = context;
  const { colors } = brand;
  const outside = (block: Block) => block.type === 'header' || block.type === 'footer';
  const firstInside = blocks.findIndex((block) => !outside(block));
  const top = blocks.filter((block, index) => outside(block) && index < firstInside);
  const bottom = blocks.filter((block, index) => outside(block) && index >= firstInside);
  const sheet = blocks.filter((block) => !outside(block));
  const draw = (block: Block) => (
    <Fragment key={block.id}>
      {blockMarks && <i {...{ [BLOCK_MARK_ATTRIBUTE]: block.id }} />}
      <BlockView block={block} context={context} />
    </Fragment>
  );
  const width = { width: '100%', maxWidth: WIDTH };
  return (
    <Html lang={language}>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <title>{subject}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own rules and checked colors; React would escape them */}
        <style dangerouslySetInnerHTML={{ __html: styleSheet(brand.darkColors) }} />
      </Head>
      <Body lang={language} className="bg" style={{ margin: 0, padding: 0, background: colors.background }}>
        <PreviewLine text={previewText} ground={colors.background} />
        <Container className="container bg" tdClassName="outer" style={{ ...width, paddingLeft: 8, paddingRight: 8 }}>
          {top.map(draw)}
          <Container
            className="container surface"
            bgcolor={colors.surface}
            style={{
              ...width,
              background: colors.surface,
              border: `1px solid ${colors.line}`,
              borderRadius: brand.radius * 2,
              borderCollapse: 'separate',
              paddingTop: 44,
              paddingBottom: 16,
            }}
          >
            {sheet.map(draw)}
          </Container>
          {bottom.map(draw)}
        </Container>
      </Body>
    </Html>
  );
}
