// A small part of Shopify's segment query language, enough for the segments of a sample store; anything else is refused by name.
// Supported: customer_tags [NOT] CONTAINS 'x', amount_spent and number_of_orders compared with a number,
// customer_email_domain and email_subscription_status = or != 'x', joined by AND and OR (AND binds tighter, no brackets).
import { SandboxRefusal } from '../../http/refusal';
import { amountSpent } from '../graphql/resolvers/customer';
import type { CustomerRecord } from '../records';
import type { ShopState } from '../state';

type Test = (customer: CustomerRecord) => boolean;
type Attribute = (shop: ShopState, op: string, value: string) => Test | null;

const clause = /^(\w+)\s+(NOT\s+CONTAINS|CONTAINS|>=|<=|!=|=|>|<)\s+(?:'([^']*)'|(-?\d+(?:\.\d+)?))$/i;

const number =
  (of: (shop: ShopState, customer: CustomerRecord) => number): Attribute =>
  (shop, op, value) => {
    const wanted = Number(value);
    const tests: Record<string, (found: number) => boolean> = {
      '=': (found) => found === wanted,
      '!=': (found) => found !== wanted,
      '>': (found) => found > wanted,
      '>=': (found) => found >= wanted,
      '<': (found) => found < wanted,
      '<=': (found) => found <= wanted,
    };
    const holds = tests[op];
    return holds && Number.isFinite(wanted) ? (customer) => holds(of(shop, customer)) : null;
  };

const word =
  (of: (customer: CustomerRecord) => string): Attribute =>
  (_shop, op, value) => {
    if (op !== '=' && op !== '!=') return null;
    return (customer) => (of(customer).toLowerCase() === value.toLowerCase()) === (op === '=');
  };

const attributes: Record<string, Attribute> = {
  customer_tags(_shop, op, value) {
    if (!op.endsWith('CONTAINS')) return null;
    const isIn: Test = ({ tags }) => tags.some((tag) => tag.toLowerCase() === value.toLowerCase());
    return op === 'CONTAINS' ? isIn : (customer) => !isIn(customer);
  },
  amount_spent: number((shop, customer) => Number(amountSpent(shop, customer))),
  number_of_orders: number((shop, { id }) => shop.ordersOf(id).length),
  customer_email_domain: word(({ email }) => email?.split('@')[1] ?? ''),
  email_subscription_status: word(({ consent }) => consent.state),
};

function readClause(shop: ShopState, text: string): Test {
  const [, name = '', op = '', quoted, bare] = clause.exec(text.trim()) ?? [];
  const attribute = attributes[name.toLowerCase()];
  const test = attribute?.(shop, op.toUpperCase().replace(/\s+/, ' '), quoted ?? bare ?? '');
  if (!test) throw new SandboxRefusal(`The sandbox cannot read "${text.trim()}" in a segment's query.`);
  return test;
}

/** A test for members of a segment with this query. */
export function segmentTest(shop: ShopState, query: string): Test {
  const anyOf = query.split(/\s+OR\s+/).map((part) => part.split(/\s+AND\s+/).map((text) => readClause(shop, text)));
  return (customer) => anyOf.some((allOf) => allOf.every((holds) => holds(customer)));
}
