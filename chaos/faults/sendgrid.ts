/** A SendGrid that refuses, fails, falls silent or tells too late. */
import { setTimeout as pause } from 'node:timers/promises';
import { between, chance, disturb, type Fault, nudging, patiently, type Storm, treatNext } from '../storm';

/** Some requests in a row are answered so; whether the mail was taken all the same is a matter of chance where the answer does not say. */
function answering(status: number, { taken = 0, body = '' }: { taken?: number; body?: string } = {}): Fault {
  return {
    name: `sendgrid-${status}`,
    async run(storm) {
      let hits = 0;
      for (let times = between(storm, 1, 2); times > 0; times -= 1) {
        const isHit = await treatNext(storm, async (_, line) => {
          if (chance(storm, taken)) await line.passOn();
          await line.answer({ status, body, headers: headersOf(storm, status) });
        });
        if (isHit) hits += 1;
      }
      // The app tries nothing for half a minute then; what comes next would find no traffic.
      if (status === 401 && hits > 0) storm.leap(KEY_PAUSE_MS);
      return hits > 0;
    },
  };
}

const KEY_PAUSE_MS = 32_000;

function headersOf(storm: Storm, status: number): Record<string, string> {
  if (status === 413) return { 'content-type': 'text/html' };
  if (status !== 429) return { 'content-type': 'application/json' };
  const reset = Math.floor(Date.now() / 1000) + between(storm, 1, 5);
  return { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
}

/** The proxy before SendGrid finds a shared request too large; what travels in parts, or alone, passes. */
const TOO_LARGE = '<html><head><title>413 Request Entity Too Large</title></head></html>';
const tooLarge: Fault = {
  name: 'sendgrid-413',
  run: (storm) =>
    treatNext(storm, async ({ messageIds }, line) => {
      if (messageIds.length === 1) return line.answer(await line.passOn());
      await line.answer({ status: 413, body: TOO_LARGE, headers: { 'content-type': 'text/html' } });
    }),
};

const refused: Fault = {
  name: 'sendgrid-refuses-connections',
  run: (storm) =>
    disturb(storm, async () => {
      const { gate } = storm.system;
      await gate.shut();
      await pause(between(storm, 1000, 5000));
      await gate.open();
      return true;
    }),
};

const reset: Fault = {
  name: 'sendgrid-resets-before-the-answer',
  run: (storm) =>
    treatNext(storm, async (_, line) => {
      if (chance(storm, 0.5)) await line.passOn();
      line.cut();
    }),
};

const silence: Fault = {
  name: 'sendgrid-silent-after-accepting',
  run: (storm) => treatNext(storm, async (_, line) => void (await line.passOn())),
};

/** The answer comes when nobody listens any more; the mail was taken then. */
const lateAnswer: Fault = {
  name: 'sendgrid-answers-after-a-minute',
  isLong: true,
  async run(storm) {
    let isTreated = false;
    await treatNext(storm, (_, line) => {
      isTreated = true;
      storm.afterwards.push(
        pause(storm.longMs)
          .then(() => line.passOn())
          .then((answer) => line.answer(answer).catch(() => {})),
      );
    });
    return isTreated;
  },
};

/** SendGrid refuses whole requests for two of the people in them. */
const poisoned: Fault = {
  name: 'sendgrid-poisoned-recipient',
  async run(storm) {
    const { gate, sendgrid } = storm.system;
    const { faults } = sendgrid.state;
    const candidates = storm.people.filter(({ stop, isTwofold }) => stop === null && !isTwofold);
    const culprits = candidates.slice(-2);
    for (const culprit of culprits) culprit.poisoned = true;
    faults.change({ refuseRecipients: [...faults.show().refuseRecipients, ...culprits.map(({ email }) => email)] });
    const ids = new Set(culprits.map(({ messageId }) => messageId));
    const isRefused = () =>
      gate.handovers.some(({ status, messageIds }) => status === 400 && messageIds.some((id) => ids.has(id)));
    return nudging(storm, () => patiently(isRefused));
  },
};

/** @param settings of the sandbox's event poster, until some events went through it */
function events(name: string, settings: object): Fault {
  return {
    name,
    async run(storm) {
      const { faults, poster } = storm.system.sendgrid.state;
      faults.change({ events: settings });
      const before = poster.counts.events;
      await treatNext(storm, async (_, line) => line.answer(await line.passOn()));
      const isMet = () => poster.pending().queued > 0 || poster.counts.events > before;
      const isHit = await patiently(isMet);
      await pause(between(storm, 500, 2500));
      faults.change({ events: { hold: false, double: false, shuffle: false, delayMs: 0 } });
      return isHit;
    },
  };
}

/** Taken, without an answer, and no event ever: nobody will ever know. */
const eventsNever: Fault = {
  name: 'sendgrid-events-never',
  async run(storm) {
    const { state } = storm.system.sendgrid;
    state.faults.change({ events: { hold: true } });
    const isHit = await treatNext(storm, async ({ messageIds }, line) => {
      await line.passOn();
      for (const id of messageIds) storm.muted.add(id);
      line.cut();
    });
    state.poster.drop(({ customArgs }) => storm.muted.has(customArgs.message ?? ''));
    state.faults.change({ events: { hold: false } });
    return isHit;
  },
};

export const SENDGRID_FAULTS: readonly Fault[] = [
  refused,
  answering(429),
  answering(503),
  answering(500, { taken: 0.5 }),
  answering(502, { taken: 0.5 }),
  answering(504, { taken: 0.5 }),
  answering(401, { body: '{"errors":[{"message":"The provided authorization grant is invalid","field":null}]}' }),
  tooLarge,
  reset,
  silence,
  lateAnswer,
  poisoned,
  events('sendgrid-events-late', { hold: true }),
  events('sendgrid-events-doubled', { double: true }),
  events('sendgrid-events-out-of-order', { shuffle: true, delayMs: 800 }),
  eventsNever,
];
