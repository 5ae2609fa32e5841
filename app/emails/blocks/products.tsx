/** The blocks that show products: a shelf (grid or list) and the cart with its total. */
import type { ReactNode } from 'react';
import { Column, Heading, Img, Link, Row, Section, Text } from 'react-email';
import type { Block } from '../content';
import { markedWords } from '../marked-words';
import { mark, type RowsShape } from '../marks';
import { type BlockContext, bodyText, GUTTER, headingText, PLAIN_IMAGE, PLAIN_LINK, smallText, WIDTH } from './context';
import { Frame, Optional, optionalText, value } from './pieces';

type BlockOf<T extends Block['type']> = Extract<Block, { type: T }>;

/** A row that `fill` repeats: once per `columns` products. */
function Rows({ shape, children }: { shape: RowsShape; children: ReactNode }) {
  return (
    <>
      {mark({ kind: 'rows', ...shape })}
      {children}
      {mark({ kind: 'close' })}
    </>
  );
}

/** The picture of the row's product, or a quiet box of the same width when it has none. */
function ProductPicture({ context, width }: { context: BlockContext; width: number }) {
  const { brand } = context;
  return (
    <>
      <Optional needs="image_url">
        <Link href={value('url')} data-text="skip" style={PLAIN_LINK}>
          <Img
            src={value('image_url')}
            alt={value('title')}
            width={width}
            style={{ ...PLAIN_IMAGE, width: '100%', maxWidth: width, height: 'auto', borderRadius: brand.radius }}
          />
        </Link>
      </Optional>
      <Optional needs="no_image">
        <Section
          className="tint"
          bgcolor={brand.colors.tint}
          style={{ background: brand.colors.tint, borderRadius: brand.radius }}
        >
          <Text style={{ margin: 0, fontSize: '1px', lineHeight: `${width}px` }}>{'\u00a0'}</Text>
        </Section>
      </Optional>
    </>
  );
}

function ProductName({ context }: { context: BlockContext }) {
  return (
    <Link
      href={value('url')}
      className="text"
      style={{ ...PLAIN_LINK, color: context.brand.colors.text, textDecoration: 'none', fontWeight: 'bold' }}
    >
      {value('title')}
    </Link>
  );
}

function OldPrice({ context }: { context: BlockContext }) {
  return (
    <Optional needs="compare_at_price">
      <span className="muted" style={{ color: context.brand.colors.muted, fontSize: '13px' }}>
        {` ${context.labels.insteadOf} `}
        <s>{value('compare_at_price')}</s>
      </span>
    </Optional>
  );
}

function GridCell({ context, width }: { context: BlockContext; width: number }) {
  const { brand } = context;
  return (
    <Column width="50%" valign="top" data-text="block" style={{ padding: '0 10px 24px' }}>
      <ProductPicture context={context} width={width} />
      <Text
        className="text"
        data-text="line"
        style={{ ...bodyText(brand), fontSize: '15px', lineHeight: '22px', marginTop: 12 }}
      >
        <ProductName context={context} />
      </Text>
      <Text className="text" data-text="line" style={{ ...bodyText(brand), fontSize: '15px', lineHeight: '22px' }}>
        {value('price')}
        <OldPrice context={context} />
      </Text>
    </Column>
  );
}

function Shelf({ block, context }: { block: BlockOf<'products'>; context: BlockContext }) {
  const width = (WIDTH - 2 * GUTTER) / 2 - 10;
  return (
    <Section
      tdClassName="gutter-narrow"
      style={{ paddingLeft: GUTTER - 10, paddingRight: GUTTER - 10, paddingBottom: 8 }}
    >
      <Rows shape={{ source: block.source, max: block.max, columns: 2 }}>
        <Row>
          {mark({ kind: 'cell' })}
          <GridCell context={context} width={width} />
          {mark({ kind: 'close' })}
          {mark({ kind: 'pad' })}
          <Column width="50%" style={{ padding: '0 10px' }} />
          {mark({ kind: 'close' })}
        </Row>
      </Rows>
    </Section>
  );
}

/** One product per row: picture, name with its details, price at the end. */
function ProductRow({ context, details }: { context: BlockContext; details?: ReactNode }) {
  const { brand } = context;
  const lined = { borderBottom: `1px solid ${brand.colors.line}`, paddingTop: 16, paddingBottom: 16 };
  return (
    <Row>
      {mark({ kind: 'cell' })}
      <Column className="line" width="84" valign="top" style={{ ...lined, width: '84px' }}>
        <ProductPicture context={context} width={84} />
      </Column>
      <Column className="line" valign="top" style={{ ...lined, paddingLeft: 16, paddingRight: 12 }}>
        <Text className="text" data-text="line" style={{ ...bodyText(brand), lineHeight: '24px' }}>
          <ProductName context={context} />
        </Text>
        {details}
      </Column>
      <Column className="line" align="right" valign="top" style={lined}>
        <Text className="text" data-text="line" style={{ ...bodyText(brand), lineHeight: '24px', textAlign: 'right' }}>
          {value('price')}
        </Text>
        <Optional needs="compare_at_price">
          <Text
            className="muted"
            data-text="line"
            style={{ ...smallText(brand), fontSize: '13px', textAlign: 'right' }}
          >
            {`${context.labels.insteadOf} `}
            <s>{value('compare_at_price')}</s>
          </Text>
        </Optional>
      </Column>
      {mark({ kind: 'close' })}
    </Row>
  );
}

export function ProductsBlock({ block, context }: { block: BlockOf<'products'>; context: BlockContext }) {
  return (
    <>
      {block.title && (
        <Frame below={18}>
          <Heading as="h2" className="text" style={headingText(context.brand, 2)}>
            {markedWords(block.title, context)}
          </Heading>
        </Frame>
      )}
      {block.layout === 'grid' ? (
        <Shelf block={block} context={context} />
      ) : (
        <Frame below={28}>
          <Rows shape={{ source: block.source, max: block.max, columns: 1 }}>
            <ProductRow context={context} />
          </Rows>
        </Frame>
      )}
    </>
  );
}

/** Quantity and variant, and what is true about the stock. */
function ItemDetails({ context }: { context: BlockContext }) {
  const { brand } = context;
  const notice = { ...smallText(brand), color: brand.colors.notice };
  return (
    <>
      <Text className="muted" data-text="line" style={smallText(brand)}>
        {optionalText('variant', `${value('variant')} · `) + value('quantity')}
      </Text>
      <Optional needs="low_stock">
        <Text className="notice" data-text="line" style={notice}>
          {value('low_stock')}
        </Text>
      </Optional>
      <Optional needs="unavailable">
        <Text className="notice" data-text="line" style={notice}>
          {value('unavailable')}
        </Text>
      </Optional>
    </>
  );
}

/** The cart as it is now, and its total. */
export function CartBlock({ block, context }: { block: BlockOf<'cart'>; context: BlockContext }) {
  const { brand, labels, arm } = context;
  const total = { ...bodyText(brand), fontSize: '18px', fontWeight: 'bold' } as const;
  const more = { name: 'more_items', detail: String(block.max) } as const;
  return (
    <Frame below={32}>
      <Rows shape={{ source: 'items', max: block.max, columns: 1 }}>
        <ProductRow context={context} details={<ItemDetails context={context} />} />
      </Rows>
      <Optional needs={more}>
        <Text className="muted" style={{ ...smallText(brand), marginTop: 12 }}>
          {value(more.name, more.detail)}
        </Text>
      </Optional>
      {arm.includes('hasTotal') && (
        <Row style={{ marginTop: 18 }}>
          <Column data-text="inline">
            <Text className="text" data-text="inline" style={total}>
              {labels.total}
            </Text>
          </Column>
          <Column align="right" data-text="inline">
            <Text className="text" data-text="inline" style={{ ...total, textAlign: 'right' }}>
              {value('cart_total')}
            </Text>
          </Column>
        </Row>
      )}
    </Frame>
  );
}
