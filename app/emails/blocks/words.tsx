/** The blocks made of words: header, heading, text, note, code, preferences invitation, divider, footer. */
import { Column, Heading, Img, Link, Row, Section, Text } from 'react-email';
import type { Block } from '../content';
import { markedWords } from '../marked-words';
import { type BlockContext, bodyText, headingText, PLAIN_IMAGE, PLAIN_LINK, smallText } from './context';
import { Frame, OwnLink, Paragraphs, value, Worn } from './pieces';

type BlockOf<T extends Block['type']> = Extract<Block, { type: T }>;
interface Props<T extends Block['type']> {
  block: BlockOf<T>;
  context: BlockContext;
}

/** The shop's logo, or its name set as a word mark; leads to the store. */
export function HeaderBlock({ context }: { context: BlockContext }) {
  const { brand, labels } = context;
  const name = brand.shopName;
  return (
    <Section style={{ paddingTop: 36, paddingBottom: 28, paddingLeft: 24, paddingRight: 24, textAlign: 'center' }}>
      <Link
        href={value('store_url')}
        className="text"
        style={{
          ...PLAIN_LINK,
          ...headingText(brand, 2),
          fontSize: '26px',
          lineHeight: '34px',
          letterSpacing: '0.5px',
          textDecoration: 'none',
        }}
      >
        {brand.logoUrl === null ? (
          name
        ) : (
          <Img
            src={brand.logoUrl}
            alt={labels.logoAlt(name)}
            width={brand.logoWidth}
            className="logo"
            style={{ ...PLAIN_IMAGE, margin: '0 auto', maxWidth: '100%', height: 'auto' }}
          />
        )}
      </Link>
    </Section>
  );
}

export function HeadingBlock({ block, context }: Props<'heading'>) {
  return (
    <Frame below={block.level === 1 ? 18 : 14}>
      <Heading
        as={block.level === 1 ? 'h1' : 'h2'}
        className={block.level === 1 ? 'text h1' : 'text'}
        style={{ ...headingText(context.brand, block.level), textAlign: block.align ?? 'left' }}
      >
        {markedWords(block.text, context)}
      </Heading>
    </Frame>
  );
}

export function TextBlock({ block, context }: Props<'text'>) {
  return (
    <Frame below={28}>
      <Paragraphs words={block.text} context={context} align={block.align} />
    </Frame>
  );
}

function tintBox({ brand }: BlockContext) {
  return { background: brand.colors.tint, borderRadius: brand.radius, padding: '20px 24px' };
}

export function NoteBlock({ block, context }: Props<'note'>) {
  return (
    <Frame below={28}>
      <Section className="tint" bgcolor={context.brand.colors.tint} style={tintBox(context)}>
        <Paragraphs words={block.text} context={context} />
      </Section>
    </Frame>
  );
}

/** The recipient's own code; compiled only into the arm that has one. */
export function CodeBlock({ block, context }: Props<'code'>) {
  const { brand, labels, arm } = context;
  return (
    <Frame below={28}>
      <Paragraphs words={block.text} context={context} align={block.align ?? 'center'} />
      <Section
        className="tint line"
        bgcolor={brand.colors.tint}
        style={{ ...tintBox(context), marginTop: 18, border: `1px dashed ${brand.colors.line}`, textAlign: 'center' }}
      >
        <Text className="muted" data-text="line" style={smallText(brand)}>
          {labels.codeLabel}
        </Text>
        <Text
          className="text"
          data-text="line"
          style={{
            ...bodyText(brand),
            fontFamily: 'Courier New, Courier, monospace',
            fontSize: '26px',
            lineHeight: '38px',
            fontWeight: 'bold',
            letterSpacing: '2px',
          }}
        >
          {value('code')}
        </Text>
        <Text className="text" data-text="line" style={bodyText(brand)}>
          {value('code_description', 'first')}
        </Text>
        {arm.includes('hasCodeEnd') && (
          <Text className="muted" data-text="line" style={smallText(brand)}>
            {`${labels.codeEnds} ${value('code_ends_on')}`}
          </Text>
        )}
      </Section>
    </Frame>
  );
}

export function PreferencesBlock({ block, context }: Props<'preferences'>) {
  const { brand } = context;
  return (
    <Frame below={28}>
      <Section className="tint" bgcolor={context.brand.colors.tint} style={tintBox(context)}>
        <Paragraphs words={block.text} context={context} />
        <Text className="text" style={{ ...bodyText(brand), marginTop: 10 }}>
          <Link
            href={value('preferences_url')}
            clicktracking="off"
            className="link"
            style={{ ...PLAIN_LINK, color: brand.colors.link, textDecoration: 'underline', fontWeight: 'bold' }}
          >
            {markedWords(block.label, context)}
          </Link>
        </Text>
      </Section>
    </Frame>
  );
}

export function DividerBlock({ context }: { context: BlockContext }) {
  return (
    <Frame below={28}>
      {/* A cell's border: an <hr> looks different in every mail program. */}
      <Row>
        <Column
          className="line"
          data-text="rule"
          style={{ borderTop: `1px solid ${context.brand.colors.line}`, fontSize: '1px', lineHeight: '1px' }}
        >
          {'\u00a0'}
        </Column>
      </Row>
    </Frame>
  );
}

/** The shop's pages elsewhere, on one line. Not through click tracking: a click there says nothing about the store. */
function SocialLinks({ context }: { context: BlockContext }) {
  const { social, colors } = context.brand;
  const [first] = social;
  if (!first) return null;
  const small = { ...smallText(context.brand), fontSize: '13px', lineHeight: '21px', textAlign: 'center' } as const;
  return (
    <Worn by={first.worn}>
      <Text className="muted" style={{ ...small, marginBottom: 14 }}>
        {social.map(({ url, name, worn }) => (
          <Worn key={url} by={worn}>
            <span data-text="skip">{'\u00a0\u00a0'}</span>
            <Link
              href={url}
              clicktracking="off"
              className="muted"
              style={{ ...PLAIN_LINK, color: colors.muted, textDecoration: 'underline' }}
            >
              {name}
            </Link>
            <span data-text="skip">{'\u00a0 '}</span>
          </Worn>
        ))}
      </Text>
    </Worn>
  );
}

/** Why they get this, who writes, where from, and the way out: on every e-mail. */
export function FooterBlock({ block, context }: Props<'footer'>) {
  const { brand, labels } = context;
  const small = { ...smallText(brand), fontSize: '13px', lineHeight: '21px', textAlign: 'center' } as const;
  const lines = (brand.postalAddress ?? '').split(/\s*\n\s*/);
  const address = [brand.shopName, ...lines].filter((line) => line !== '').join(', ');
  return (
    <Section tdClassName="gutter" style={{ padding: '28px 44px 44px', textAlign: 'center' }}>
      <SocialLinks context={context} />
      {block.text && <Paragraphs words={block.text} context={context} align="center" className="muted" />}
      <Text className="muted" style={small}>
        {value('reason')}
      </Text>
      <Text className="muted" style={{ ...small, marginTop: 10 }}>
        <OwnLink name="preferences_url" color={brand.colors.muted}>
          {labels.preferences}
        </OwnLink>
        <span data-text="skip">{'\u00a0\u00a0·\u00a0 '}</span>
        <OwnLink name="unsubscribe_url" color={brand.colors.muted}>
          {labels.unsubscribe}
        </OwnLink>
      </Text>
      <Text className="muted" style={{ ...small, marginTop: 10 }}>
        {address}
      </Text>
    </Section>
  );
}
