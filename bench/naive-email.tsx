/**
 * The e-mail as an app without compiled ones sends it: the same React tree drawn anew for every recipient, by `render()`
 * twice. Baseline of `fill` and `send`. The app's slots stand where a recipient's values would; a list is drawn once
 * instead of once per product, so this baseline does a little less than it would have to.
 */
import { render } from 'react-email';
import { conditionsOf, holds } from '../app/emails/arm';
import { blockContext } from '../app/emails/blocks/context';
import { Page } from '../app/emails/blocks/page';
import type { CompileInput } from '../app/emails/compile';
import { markedWords } from '../app/emails/marked-words';

export interface Rendered {
  subject: string;
  html: string;
  text: string;
}

/** One e-mail for one person. */
export async function renderNaively({ content, brand, language, arm }: CompileInput): Promise<Rendered> {
  const words = { brand, language };
  const subject = markedWords(content.subject, words);
  const page = (
    <Page
      blocks={content.blocks.filter((block) => holds(conditionsOf(block), arm))}
      subject={subject}
      previewText={markedWords(content.previewText, words)}
      context={blockContext({ ...words, arm })}
    />
  );
  return { subject, html: await render(page), text: await render(page, { plainText: true }) };
}
