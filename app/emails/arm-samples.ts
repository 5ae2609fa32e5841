/** Every arm an e-mail can be compiled for, with sample values that lead to it. Called by the tests that look at each, and when an edit is saved. */

import type { Language } from '../lib/language';
import { type Arm, armOf, factsOf } from './arm';
import type { Brand } from './brand';
import { compileEmail } from './compile';
import type { CompiledEmail } from './compiled';
import type { EmailContent } from './content';
import type { Fact } from './facts';
import { type FilledEmail, fillEmail } from './fill';
import { sampleBrand, sampleValues } from './sample';
import type { EmailValues } from './values';

/** Sample values in which exactly these facts hold. */
export function valuesForArm(arm: Arm, language: Language): EmailValues {
  const has = (fact: Fact) => arm.includes(fact);
  const sample = sampleValues(language, {
    withCode: has('hasCode'),
    boughtAtCheckout: has('boughtAtCheckout'),
    pictures: 'https://shop.example/pictures',
  });
  return {
    ...sample,
    items: has('hasItems') ? sample.items : [],
    total: has('hasTotal') ? sample.total : null,
    checkoutUrl: has('hasCheckout') ? sample.checkoutUrl : null,
    mostBought: has('hasMostBought') ? sample.mostBought : [],
    recommended: has('hasRecommended') ? sample.recommended : [],
    code: sample.code && { ...sample.code, endsOn: has('hasCodeEnd') ? sample.code.endsOn : null },
  };
}

/** Every arm that can occur: a code's last day needs a code. */
export function everyArm(content: EmailContent): Arm[] {
  return factsOf(content)
    .reduce<Fact[][]>((arms, fact) => arms.flatMap((arm) => [arm, [...arm, fact]]), [[]])
    .filter((arm) => arm.includes('hasCode') || !arm.includes('hasCodeEnd'));
}

export interface ArmSample {
  arm: Arm;
  language: Language;
  values: EmailValues;
  compiled: CompiledEmail;
  filled: FilledEmail;
}

/** With all a look can have. */
function wholeBrand(): Brand {
  const social = [
    { name: 'Instagram', url: 'https://www.instagram.com/shop.example' },
    { name: 'TikTok', url: 'https://www.tiktok.com/@shop.example' },
  ];
  return { ...sampleBrand(), social };
}

/** An e-mail in one language, in each of its arms. */
export async function everySample(content: EmailContent, language: Language): Promise<ArmSample[]> {
  const samples: ArmSample[] = [];
  for (const wanted of everyArm(content)) {
    const values = valuesForArm(wanted, language);
    const arm = armOf(content, values);
    const compiled = await compileEmail({ content, brand: wholeBrand(), language, arm });
    samples.push({ arm, language, values, compiled, filled: fillEmail(compiled, values) });
  }
  return samples;
}
