import { describe, expect, it } from 'vitest';
import { toExposition } from './exposition';

describe('the exposition', () => {
  it('names, explains and types each figure once, and then lists its samples', () => {
    const text = toExposition([
      {
        name: 'relance_jobs_queued',
        help: 'Jobs that wait.',
        type: 'gauge',
        samples: [
          { labels: { job: 'event.route' }, value: 3 },
          { labels: { job: 'message.deliver' }, value: 0.5 },
        ],
      },
      { name: 'relance_messages_sent_total', help: 'Sent.', type: 'counter', samples: [{ value: 12 }] },
    ]);
    expect(text.split('\n')).toEqual([
      '# HELP relance_jobs_queued Jobs that wait.',
      '# TYPE relance_jobs_queued gauge',
      'relance_jobs_queued{job="event.route"} 3',
      'relance_jobs_queued{job="message.deliver"} 0.5',
      '# HELP relance_messages_sent_total Sent.',
      '# TYPE relance_messages_sent_total counter',
      'relance_messages_sent_total 12',
      '',
    ]);
  });

  it('lets no label value or explanation begin a line of its own', () => {
    const text = toExposition([
      {
        name: 'a',
        help: 'one\ntwo \\ three',
        type: 'gauge',
        samples: [{ labels: { why: 'say "no"\nforged 1\\', when: '' }, value: 1 }],
      },
    ]);
    expect(text).toBe(
      '# HELP a one\\ntwo \\\\ three\n# TYPE a gauge\na{why="say \\"no\\"\\nforged 1\\\\",when=""} 1\n',
    );
  });

  it('writes what is no number the way Prometheus does', () => {
    const samples = [Number.NaN, Infinity, -Infinity, 1e21].map((value) => ({ value }));
    expect(toExposition([{ name: 'a', help: '', type: 'gauge', samples }])).toContain(
      'a NaN\na +Inf\na -Inf\na 1e+21\n',
    );
  });
});
