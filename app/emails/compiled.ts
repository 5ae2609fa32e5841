/** An e-mail rendered once, with slots: plain data that can be cached, dressed, filled and batched. */

import type { Language } from '../lib/language';
import type { Arm } from './arm';
import type { Fact } from './facts';
import type { BarePart, Part } from './parts';

interface Compilation {
  key: string;
  language: Language;
  /** The facts the e-mail depends on, and those that hold in this compilation. */
  facts: readonly Fact[];
  arm: Arm;
}

interface Texts<P> {
  subject: readonly P[];
  html: readonly P[];
  text: readonly P[];
}

/** For every shop whose look differs only in what stands in slots. */
export interface BareEmail extends Compilation, Texts<BarePart> {}

/** In one shop's look. */
export interface CompiledEmail extends Compilation, Texts<Part> {
  shopName: string;
  hasPostalAddress: boolean;
}
