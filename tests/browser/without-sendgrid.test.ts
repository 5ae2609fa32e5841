/** A new deployment: no key of SendGrid yet, then a key without a sender. What is due waits, every page says for what, and nothing is lost or sent twice. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Shopper } from '../harness/shopper';
import { type Store, switchOn } from '../harness/store';
import { openWorld, type World } from '../harness/world';
import { startTestStack, type TestStack } from '../setup/test-stack';
import { courseOf } from '../stories/course';
import { openAdmin } from './admin-window';

let stack: TestStack;
let world: World;
let store: Store;
let subscriber: Shopper;
let visitor: Shopper;

beforeAll(async () => {
  stack = await startTestStack(inject('testServer'), { name: `waiting_${process.pid}`, sendgrid: 'without-key' });
  world = await openWorld(stack.addresses);
  await world.advanceToTime('10:00');
  store = await world.openStore({ handle: 'waiting', name: 'Maison Tilleul' });
  const candle = await store.stock({ title: 'Bougie Tilleul', price: '29.00' });
  await store.install();
  await world.settle();
  await switchOn(store, 'welcome', 'abandoned-checkout');
  subscriber = store.stranger({ email: 'subscriber@example.com' });
  await subscriber.subscribe();
  visitor = await store.shopper({ email: 'visitor@example.com', subscribedAt: '2026-01-05T09:00:00Z' });
  await visitor.abandon([candle]);
  await world.advance('62min');
});
afterAll(async () => {
  await world.close();
  await stack.stop();
});

const open = () => openAdmin(store, { sandboxUrl: stack.addresses.sandboxUrl });

/** What both have been told of so far, and how their messages stand. */
async function standing() {
  const rows = await store.messages();
  return {
    mails: (await store.mails()).length,
    courses: [await courseOf(subscriber), await courseOf(visitor)],
    messages: rows.map(({ step, status, reason }) => `${step} ${status} ${reason ?? ''}`.trim()).toSorted(),
  };
}

const WAITING = {
  mails: 0,
  courses: [['hello put-off: sender-missing'], ['first-reminder put-off: sender-missing']],
  messages: ['first-reminder planned sender-missing', 'hello planned sender-missing'],
};

it('without a key nothing goes out, all of it is kept, and the admin says for what it waits', async () => {
  expect(await standing()).toEqual(WAITING);
  const { app, visit, complaints } = await open();
  await visit();
  await app.getByText('The e-mail service is not connected').waitFor();
  await app.getByText('Nothing is lost meanwhile.').waitFor();
  await app.getByText('On, waiting for a sender').first().waitFor();
  await visit('scenarios');
  expect(await app.getByText('On, waiting for a sender').count()).toBe(2);
  await visit('scenarios/welcome');
  await app.getByText('On, waiting for a sender').waitFor();
  await app.getByText('A sender address is missing; give one under Settings.').first().waitFor();
  await visit(`customers/${visitor.id()}`);
  await app.getByText('A sender address is missing.').first().waitFor();
  expect(complaints).toEqual([]);
});

it('with a key but no sender it waits on, and the admin asks for the sender', async () => {
  await stack.setSendgrid('without-sender');
  await world.advance('25min');
  expect(await standing()).toEqual(WAITING);
  const { app, visit, complaints } = await open();
  await visit();
  await app.getByRole('button', { name: /^Say who writes/ }).click();
  await app.getByText('Nothing is sent without one.').waitFor();
  await app.getByRole('link', { name: 'Set the sender' }).waitFor();
  expect(complaints).toEqual([]);
});

it('with both, the same messages go out, each once, and nothing is left to put right', async () => {
  const before = await store.messages();
  await stack.setSendgrid('connected');
  await world.advance('25min');
  const after = await standing();
  expect(after).toMatchObject({
    mails: 2,
    courses: [
      ['hello put-off: sender-missing', 'hello sent'],
      ['first-reminder put-off: sender-missing', 'first-reminder sent'],
    ],
    messages: ['first-reminder sent', 'hello sent'],
  });
  expect((await store.messages()).map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
  await world.advance('2h');
  expect(await store.mails()).toHaveLength(2);
  const { app, visit, complaints } = await open();
  await visit('scenarios');
  expect(await app.getByText('waiting for').count()).toBe(0);
  await visit();
  expect(await app.getByText('to put right').count()).toBe(0);
  expect(complaints).toEqual([]);
});
