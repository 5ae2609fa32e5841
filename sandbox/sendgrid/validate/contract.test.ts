// Holds the sandbox's judgement of mail requests against SendGrid's published OpenAPI contract, mutation by mutation.
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { validateMail } from './mail';

const FILE = new URL('../../../../shared/contracts/sendgrid_mail_v3.json', import.meta.url);
const present = existsSync(FILE);

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  enum?: string[];
  additionalProperties?: Schema;
}
interface Contract {
  components: {
    schemas: Record<string, Schema>;
    requestBodies: {
      PostMailSend: { content: Record<string, { schema: Schema; examples: Record<string, { value: unknown }> }> };
    };
  };
}

const contract = present ? (JSON.parse(readFileSync(FILE, 'utf8')) as Contract) : undefined;
const media = contract?.components.requestBodies.PostMailSend.content['application/json'];

function contractJudge(): (body: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addSchema(contract as object, 'contract');
  return ajv.compile({ $ref: 'contract#/components/requestBodies/PostMailSend/content/application~1json/schema' });
}

const now = Math.floor(Date.UTC(2026, 10, 22) / 1000);
const accepts = (body: unknown): boolean => validateMail(body, { nowSeconds: now }).ok;

/** Every field the contract names, filled in validly (but template_id: the sandbox's account has no templates). */
function fullRequest(): Record<string, unknown> {
  return {
    personalizations: [
      {
        from: { email: 'sales@shop.example', name: 'Sales' },
        to: [{ email: 'ana@example.com', name: 'Ana' }],
        cc: [{ email: 'bo@example.com', name: 'Bo' }],
        bcc: [{ email: 'cy@example.com', name: 'Cy' }],
        subject: 'Yours',
        headers: { 'X-One': '1' },
        substitutions: { '-name-': 'Ana' },
        dynamic_template_data: { name: 'Ana' },
        custom_args: { message: 'm1' },
        send_at: now,
      },
    ],
    from: { email: 'hello@shop.example', name: 'Shop' },
    reply_to_list: [{ email: 'reply@shop.example', name: 'Reply' }],
    subject: 'Hello',
    content: [{ type: 'text/html', value: '<p>Hi</p>' }],
    attachments: [{ content: 'aGk=', type: 'text/plain', filename: 'hi.txt', disposition: 'inline', content_id: 'hi' }],
    headers: { 'X-Two': '2' },
    categories: ['welcome'],
    custom_args: '{"a":"b"}',
    send_at: now,
    batch_id: 'abc',
    asm: { group_id: 1, groups_to_display: [1] },
    ip_pool_name: 'pool',
    mail_settings: {
      bypass_list_management: { enable: false },
      bypass_spam_management: { enable: false },
      bypass_bounce_management: { enable: false },
      bypass_unsubscribe_management: { enable: false },
      footer: { enable: true, text: 'f', html: '<p>f</p>' },
      sandbox_mode: { enable: false },
    },
    tracking_settings: {
      click_tracking: { enable: true, enable_text: false },
      open_tracking: { enable: true, substitution_tag: '%o%' },
      subscription_tracking: { enable: false, text: 't', html: 'h', substitution_tag: '%u%' },
      ganalytics: {
        enable: true,
        utm_source: 's',
        utm_medium: 'm',
        utm_term: 't',
        utm_content: 'c',
        utm_campaign: 'x',
      },
    },
  };
}

type Path = (string | number)[];

function changed(
  path: Path,
  change: (parent: Record<string | number, unknown>, key: string | number) => void,
): unknown {
  const body = fullRequest();
  if (path.length === 0) throw new Error('The root is not changed here.');
  let parent = body as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>;
  change(parent, path.at(-1) ?? '');
  return body;
}

const SAMPLES: unknown[] = ['text', '', 3, 1.5, true, null, [], {}, ['x'], [3], [{}], { x: 1 }, { x: 'y' }];

function resolve(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : { ...contract?.components.schemas[name], ...schema };
}

/** Every mutation the contract gives cause for: other types, missing members, lengths and counts at and past the limits. */
function mutations(schemaRef: Schema, path: Path): { name: string; body: unknown }[] {
  const schema = resolve(schemaRef);
  const name = path.join('.');
  const put = (what: string, value: unknown) => ({
    name: `${name}: ${what}`,
    body: changed(path, (parent, key) => {
      parent[key] = value;
    }),
  });
  const list: { name: string; body: unknown }[] = [];
  if (path.length > 0) {
    for (const sample of SAMPLES) list.push(put(JSON.stringify(sample), sample));
    if (typeof path.at(-1) === 'string')
      list.push({ name: `${name}: left out`, body: changed(path, (parent, key) => delete parent[key]) });
  }
  for (const size of [schema.maxLength, schema.minLength]) {
    if (size !== undefined)
      for (const n of [size - 1, size, size + 1]) if (n >= 0) list.push(put(`${n} characters`, 'x'.repeat(n)));
  }
  if (schema.maxItems !== undefined && path.length > 0) {
    for (const n of [schema.maxItems, schema.maxItems + 1]) list.push(put(`${n} entries`, entries(name, n)));
  }
  if (schema.uniqueItems === true) list.push(put('the same entry twice', entries(name, 1).concat(entries(name, 1))));
  if (schema.additionalProperties !== undefined) list.push(put('a member of another type', { a: 1 }));
  for (const value of schema.enum ?? []) list.push(put(value, value));
  for (const [member, inner] of Object.entries(schema.properties ?? {})) {
    if (member !== 'template_id' && member !== 'reply_to') list.push(...mutations(inner, [...path, member]));
  }
  if (schema.items !== undefined) list.push(...mutations(schema.items, [...path, 0]));
  return list;
}

function entries(name: string, count: number): unknown[] {
  return Array.from({ length: count }, (_, i) => {
    const address = { email: `one${i}@example.com` };
    if (name === 'personalizations') return { to: [address] };
    if (name === 'categories') return `category ${i}`;
    if (name.endsWith('groups_to_display')) return i + 1;
    return address;
  });
}

/** Where the sandbox is stricter than the contract, because SendGrid's documentation is. The words are part of its message. */
const DOCUMENTED = [
  /must have at least one personalization/,
  /to array is required/,
  /content param|defined content block/,
  /The subject is required/,
  /headers object must be strings/,
  /custom arguments object must be strings/,
  /custom_args cannot be empty/,
  /base64 encoded/,
  /limit of 1000 total recipients/,
];
/** The contract calls message-level custom_args a string; SendGrid's own client and its errors page say an object of strings. */
const CLIENT_FORM = /^custom_args: \{"x":"y"\}$/;

describe.skipIf(!present)("SendGrid's contract", () => {
  it('takes the request that fills in every field, as the sandbox does', () => {
    const judge = contractJudge();
    expect(judge(fullRequest())).toBe(true);
    expect(validateMail(fullRequest(), { nowSeconds: now })).toMatchObject({ ok: true });
  });

  it('refuses nothing the sandbox accepts, and the sandbox refuses more only where the documentation does', () => {
    const judge = contractJudge();
    const all = mutations(media?.schema ?? {}, []);
    const wrong: string[] = [];
    for (const { name, body } of all) {
      const verdict = validateMail(body, { nowSeconds: now });
      if (!judge(body)) {
        if (verdict.ok && !CLIENT_FORM.test(name)) wrong.push(`${name}: the contract refuses it, the sandbox takes it`);
      } else if (!verdict.ok) {
        const unknown = verdict.errors.filter(({ message }) => !DOCUMENTED.some((known) => known.test(message)));
        if (unknown.length > 0) wrong.push(`${name}: ${unknown[0]?.field}: ${unknown[0]?.message}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(all.length).toBeGreaterThan(1000);
    const refused = all.filter(({ body }) => !judge(body)).length;
    expect(refused).toBeGreaterThan(500);
    expect(all.length - refused).toBeGreaterThan(200);
  });

  it('agrees on which texts are addresses', () => {
    const judge = contractJudge();
    const texts = [
      'a@b.co',
      'a.b+c@d-e.example',
      "o'neil@example.ie",
      'A@B.CO',
      'a@b',
      'a@@b.co',
      'a b@c.de',
      'a@b..co',
      '.a@b.co',
      'a.@b.co',
      'a@-b.co',
      'a@b-.co',
      '"a b"@c.de',
      'é@b.co',
      'a@é.co',
      'a@b.co ',
      ' a@b.co',
      '<a@b.co>',
      'a@[127.0.0.1]',
      'a@b.co\n',
      'a@b_c.de',
      '',
      '@',
      'a@b.c',
      `${'x'.repeat(64)}@b.co`,
    ];
    const body = (email: string) => ({ ...fullRequest(), personalizations: [{ to: [{ email }] }] });
    expect(texts.map((email) => [email, accepts(body(email))])).toEqual(
      texts.map((email) => [email, judge(body(email))]),
    );
  });

  it('shows examples of which the sandbox takes the one without a template', () => {
    const judge = contractJudge();
    const example = (name: string) => media?.examples[name]?.value;
    expect(judge(example('MailSendNoTemplate'))).toBe(true);
    expect(accepts(example('MailSendNoTemplate'))).toBe(true);
    expect(validateMail(example('MailSendDynamicTemplate'), { nowSeconds: now })).toMatchObject({
      ok: false,
      errors: [{ field: 'template_id' }],
    });
  });
});
