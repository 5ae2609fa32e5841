/** An e-mail rendered once, with slots: plain data that can be cached, filled and batched. */

import type { Language } from '../lib/language';
import type { Arm } from './arm';
import type { Fact } from './facts';
import type { Part } from './parts';

export interface CompiledEmail {
  key: string;
  language: Language;
  shopName: string;
  /** The facts the e-mail depends on, and those that hold in this compilation. */
  facts: readonly Fact[];
  arm: Arm;
  subject: readonly Part[];
  html: readonly Part[];
  text: readonly Part[];
  hasPostalAddress: boolean;
}
