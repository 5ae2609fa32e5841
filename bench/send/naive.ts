/**
 * The baseline of `send`: a loop as one writes it first, in a process of its own. Each e-mail is rendered (HTML and text)
 * and sent alone through SendGrid's library with a keep-alive agent, fifty at a time. It asks nothing and records nothing.
 */
import { Agent } from 'node:http';
import { MailService } from '@sendgrid/mail';
import { armOf } from '../../app/emails/arm';
import type { CompileInput } from '../../app/emails/compile';
import { sampleBrand, sampleValues } from '../../app/emails/sample';
import { LANGUAGES } from '../../app/lib/language';
import { PREBUILT_EMAILS } from '../../app/scenarios/emails';
import { need } from '../../scripts/local/need';
import { benchSettings } from '../app-process';
import { renderNaively } from '../naive-email';

const AT_ONCE = 50;

export interface NaiveResult {
  /** E-mails per second. */
  rate: number;
  /** CPU seconds of this process meanwhile. */
  cpu: number;
}

function makeService(): MailService {
  const { sendgrid } = benchSettings();
  const service = new MailService();
  service.setApiKey(sendgrid.apiKey);
  const client: { setDefaultRequest(options: object): unknown } = Reflect.get(service, 'client');
  client.setDefaultRequest({
    baseUrl: need('SENDGRID_BASE_URL'),
    httpAgent: new Agent({ keepAlive: true, maxSockets: AT_ONCE }),
  });
  return service;
}

/** The e-mails in the order they are sent: scenarios in turn, then their e-mails, in both languages. */
function worklist(onlyFirst: boolean): CompileInput[] {
  const brand = sampleBrand();
  const lists = Object.values(PREBUILT_EMAILS);
  const rounds = Math.max(...lists.map((list) => list.length));
  const contents = Array.from({ length: rounds }, (_, turn) =>
    lists.flatMap((list) => list[turn % list.length] ?? []),
  ).flat();
  const inputs = contents.flatMap((content) =>
    LANGUAGES.map((language) => {
      const values = sampleValues(language, { withCode: true, pictures: 'https://shop.example/pictures' });
      return { content, brand, language, arm: armOf(content, values) };
    }),
  );
  return onlyFirst ? inputs.slice(0, 1) : inputs;
}

async function sendOne(service: MailService, input: CompileInput, number: number): Promise<void> {
  const mail = await renderNaively(input);
  const unsubscribe = `https://shop.example/unsubscribe/${number}`;
  await service.send({
    to: `naive-${number}@shop.example`,
    from: { email: benchSettings().sendgrid.senderEmail, name: 'Maison Tilleul' },
    subject: 'A word from Maison Tilleul',
    html: mail.html,
    text: mail.text,
    headers: { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    trackingSettings: { clickTracking: { enable: true, enableText: false }, openTracking: { enable: false } },
  });
}

/** Sends `count` e-mails. @returns e-mails per second */
async function sendAll(count: number, inputs: readonly CompileInput[], first: number): Promise<number> {
  const service = makeService();
  let next = 0;
  const started = performance.now();
  const line = async () => {
    for (let number = next; number < count; number = next) {
      next += 1;
      const input = inputs[number % inputs.length];
      if (input) await sendOne(service, input, first + number);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  return count / ((performance.now() - started) / 1000);
}

const count = Number(need('NAIVE_COUNT'));
const inputs = worklist(process.env.NAIVE_UNIFORM === '1');
await sendAll(Math.ceil(count / 5), inputs, count);
const before = process.cpuUsage();
const rate = await sendAll(count, inputs, 0);
const { user, system } = process.cpuUsage(before);
process.send?.({ rate, cpu: (user + system) / 1e6 } satisfies NaiveResult, () => process.exit(0));
