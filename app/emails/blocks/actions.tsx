/** The blocks one presses or looks at: button, picture, columns. */
import { Button, Column, Heading, Img, Link, Row, Section } from 'react-email';
import type { Words } from '../../lib/language';
import type { Block } from '../content';
import { markedWords } from '../marked-words';
import { fittingPicture } from '../picture';
import { type BlockContext, bodyText, GUTTER, headingText, PLAIN_IMAGE, PLAIN_LINK, WIDTH } from './context';
import { Frame, linkTarget, Paragraphs } from './pieces';

type BlockOf<T extends Block['type']> = Extract<Block, { type: T }>;
interface Props<T extends Block['type']> {
  block: BlockOf<T>;
  context: BlockContext;
}

/**
 * A button: react-email's padding trick gives Outlook on Windows its inner space, the cell's own color fills the corners it cannot round.
 */
export function ButtonBlock({ block, context }: Props<'button'>) {
  const { brand } = context;
  const own = block.link.to === 'preferences' ? ({ clicktracking: 'off' } as const) : {};
  return (
    <Frame below={36}>
      <Section style={{ width: 'auto' }} width={undefined}>
        <Row style={{ width: 'auto' }} width={undefined}>
          <Column
            align="center"
            className="button"
            bgcolor={brand.colors.button}
            style={{ background: brand.colors.button, borderRadius: brand.radius }}
          >
            <Button
              {...own}
              href={linkTarget(block.link, context)}
              className="button"
              style={{
                ...bodyText(brand),
                lineHeight: '20px',
                fontWeight: 'bold',
                padding: '15px 34px',
                background: brand.colors.button,
                borderRadius: brand.radius,
                color: brand.colors.buttonText,
                textAlign: 'center',
              }}
            >
              {markedWords(block.label, context)}
            </Button>
          </Column>
        </Row>
      </Section>
    </Frame>
  );
}

interface PictureProps {
  url: string;
  alt: Words;
  width: number;
  context: BlockContext;
}

function Picture({ url, alt, width, context }: PictureProps) {
  return (
    <Img
      src={fittingPicture(url, width)}
      alt={markedWords(alt, context)}
      width={width}
      style={{
        ...PLAIN_IMAGE,
        width: '100%',
        maxWidth: width,
        height: 'auto',
        margin: '0 auto',
        borderRadius: context.brand.radius,
      }}
    />
  );
}

export function ImageBlock({ block, context }: Props<'image'>) {
  const width = Math.min(block.width ?? WIDTH, WIDTH - 2 * GUTTER);
  const picture = <Picture url={block.url} alt={block.alt} width={width} context={context} />;
  return (
    <Frame below={28}>
      {block.link ? (
        <Link href={linkTarget(block.link, context)} style={PLAIN_LINK}>
          {picture}
        </Link>
      ) : (
        picture
      )}
    </Frame>
  );
}

/** Two or three short texts side by side; one below the other on a phone. */
export function ColumnsBlock({ block, context }: Props<'columns'>) {
  const width = Math.floor((WIDTH - 2 * GUTTER) / block.columns.length);
  return (
    <Section
      tdClassName="gutter-narrow"
      style={{ paddingLeft: GUTTER - 10, paddingRight: GUTTER - 10, paddingBottom: 12 }}
    >
      <Row>
        {block.columns.map((column, index) => (
          <Column
            // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
            key={index}
            className="stack"
            data-text="block"
            width={`${Math.floor(100 / block.columns.length)}%`}
            valign="top"
            style={{ padding: '0 10px 16px' }}
          >
            {column.image && (
              <Picture url={column.image.url} alt={column.image.alt} width={width - 20} context={context} />
            )}
            <Heading
              as="h2"
              className="text"
              data-text="line"
              style={{ ...headingText(context.brand, 2), fontSize: '18px', lineHeight: '26px', marginBottom: 4 }}
            >
              {markedWords(column.title, context)}
            </Heading>
            <Paragraphs words={column.text} context={context} />
          </Column>
        ))}
      </Row>
    </Section>
  );
}
