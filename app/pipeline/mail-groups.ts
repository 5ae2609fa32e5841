/** Sorts claimed messages into those that travel in one SendGrid request, each with its values filled in. Called by deliver. */
import type { ScenarioKey } from '../domain/scenario';
import type { CompiledEmail } from '../emails/compiled';
import type { EmailContent } from '../emails/content';
import type { EmailValues } from '../emails/values';
import type { Claimed } from './claim';
import type { Claim } from './claim-context';
import { brandOf, type CompiledEmails, contentOf } from './compiled-emails';
import type { EffectiveScenario } from './effective-scenario';
import { type Links, valuesFor } from './message-values';

/** SendGrid's limit for one request. */
const MAX_RECIPIENTS = 1000;

/** Messages that travel in one request: same e-mail in the same arm, language and tracking consent, no address twice. */
export interface Group {
  compiled: CompiledEmail;
  openTracking: boolean;
  members: { claim: Claim; values: EmailValues }[];
}

/** Every claim in exactly one group. */
export async function groupClaims(
  { compiled, links }: { compiled: CompiledEmails; links: Links },
  claimed: Claimed,
): Promise<Group[]> {
  const { shop, shelf } = claimed;
  const brand = brandOf(shop);
  const groups = new Map<string, OpenGroup>();
  const contents = makeContents();
  for (const claim of claimed.claims) {
    const { message, customer, scenario, language } = claim;
    const values = valuesFor({
      shop,
      shelf,
      links,
      person: customer,
      scenario: message.scenario,
      step: message.step,
      messageId: message.id,
      checkoutId: claim.checkoutId,
      boughtAtCheckout: claim.boughtAtCheckout,
      code: claim.code,
      ground: claim.ground,
      language,
    });
    const one = await compiled.get({
      content: contents.get(scenario, message.scenario, message.email),
      brand,
      language,
      values,
    });
    const openTracking = customer.openTracking === 'opted_in';
    place(
      groups,
      `${message.scenario}|${scenario.definition.version}|${one.key}|${language}|${one.arm.join('+')}|${openTracking}`,
      {
        compiled: one,
        openTracking,
        member: { claim, values },
      },
    );
  }
  return [...groups.values()].map(({ group }) => group);
}

/** Reads and checks each e-mail once per batch, so that a thousand recipients share one object. */
function makeContents() {
  const read = new Map<EffectiveScenario, Map<string, EmailContent>>();
  return {
    get(scenario: EffectiveScenario, key: ScenarioKey, email: string): EmailContent {
      const known = read.get(scenario) ?? new Map<string, EmailContent>();
      read.set(scenario, known);
      const content = known.get(email) ?? contentOf(scenario, key, email);
      known.set(email, content);
      return content;
    },
  };
}

/** A group while it is filled, with the addresses it holds. */
interface OpenGroup {
  group: Group;
  addresses: Set<string>;
}

/** Puts a member into the first group of its kind that has room and does not hold its address yet. */
function place(
  groups: Map<string, OpenGroup>,
  kind: string,
  one: Omit<Group, 'members'> & { member: Group['members'][number] },
): void {
  const { member, ...shared } = one;
  const address = member.claim.customer.emailKey ?? '';
  for (let part = 0; ; part += 1) {
    const key = `${kind}|${part}`;
    const open = groups.get(key) ?? { group: { ...shared, members: [] }, addresses: new Set() };
    groups.set(key, open);
    if (open.addresses.has(address) || open.group.members.length >= MAX_RECIPIENTS) continue;
    open.group.members.push(member);
    open.addresses.add(address);
    return;
  }
}
