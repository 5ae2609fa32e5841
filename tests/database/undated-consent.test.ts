/** Somebody subscribed for years, whom a shop's copy did not know, is not welcomed as if they had just come. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { consentBody, openTeller, told } from './teller';

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const person = (minute: number, more: object) => ({
  id: 7,
  email: 'old@example.com',
  updated_at: told(minute),
  ...more,
});

it('an old subscriber without a date gets no welcome, and the reason is kept', async () => {
  const shop = await openTeller(connection);
  await shop.tell('customers/create', person(0, consentBody('subscribed', null)), 0);
  expect(await shop.enrollments()).toEqual([]);
  expect(await shop.decisions()).toMatchObject([
    { customerId: '7', scenario: 'welcome', kind: 'not-enrolled', reason: 'consent-undated' },
  ]);
  expect(await shop.customer('7')).toMatchObject({ consentState: 'subscribed', consentUpdatedAt: null });
});

it('who was known without consent is welcomed when it comes, with or without a date', async () => {
  const shop = await openTeller(connection);
  await shop.tell('customers/create', person(0, consentBody('not_subscribed', null)), 0);
  await shop.tell('customers/update', person(1, consentBody('subscribed', null)), 1);
  expect(await shop.enrollments()).toMatchObject([{ scenario: 'welcome', customerId: '7', status: 'active' }]);
});

it('who subscribed on a date is welcomed though nobody knew them', async () => {
  const shop = await openTeller(connection);
  await shop.tell('customers/create', person(0, consentBody('subscribed', 0)), 0);
  expect(await shop.enrollments()).toMatchObject([{ scenario: 'welcome', customerId: '7', status: 'active' }]);
});
