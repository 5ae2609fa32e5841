/** A subject without its braces, for lists: what is known for everybody filled in, what may be missing left out. */
import { parseTemplate, type TemplatePiece } from '../emails/variables';

export function plainSubject(template: string, shopName: string): string {
  const say = (piece: TemplatePiece): string => {
    if (piece.kind === 'text') return piece.text;
    if (piece.kind === 'optional') return '';
    return piece.name === 'shop_name' ? shopName : (piece.fallback ?? '');
  };
  return parseTemplate(template).map(say).join('');
}
