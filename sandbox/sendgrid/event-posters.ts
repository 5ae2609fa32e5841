// Who is told of an event: the account's own webhook, or those of the subuser whose mail it was. A subuser without a webhook is told nothing, as at SendGrid. Used by the state in place of a single poster.
import { EventPoster, type PosterParts } from './event-poster';
import type { MailEvent, Message } from './message';
import type { Subuser } from './subusers';
import { openWebhookKey } from './webhook-key';

type Shared = Pick<PosterParts, 'faults' | 'onPosted'>;

export class EventPosters {
  private readonly own: EventPoster;
  private readonly shared: Shared;
  private readonly others = new Map<string, { subuser: string; poster: EventPoster }>();

  constructor(own: PosterParts) {
    this.own = new EventPoster(own);
    this.shared = { faults: own.faults, onPosted: own.onPosted };
  }

  /** Takes up the webhooks of a subuser as they are now. Only signed ones are posted to: nobody would believe the others. */
  follow({ username, webhooks }: Subuser): void {
    const live = webhooks.filter((one) => one.enabled && one.privateKey !== null);
    for (const [id, { subuser }] of this.others) {
      if (subuser === username && !live.some((one) => one.id === id)) this.others.delete(id);
    }
    for (const { id, url, privateKey } of live) {
      if (this.others.has(id) || privateKey === null) continue;
      const poster = new EventPoster({ ...this.shared, url, key: openWebhookKey('', privateKey) });
      this.others.set(id, { subuser: username, poster });
    }
  }

  enqueue(message: Message, event: MailEvent): void {
    if (message.account === '') {
      this.own.enqueue(message, event);
      return;
    }
    for (const { subuser, poster } of this.others.values())
      if (subuser.toLowerCase() === message.account) poster.enqueue(message, event);
  }

  drop(isGone: (message: Message) => boolean): void {
    for (const poster of this.all()) poster.drop(isGone);
  }

  pending(): { queued: number; inFlight: number; retrying: number } {
    const sum = { queued: 0, inFlight: 0, retrying: 0 };
    for (const poster of this.all()) {
      const { queued, inFlight, retrying } = poster.pending();
      sum.queued += queued;
      sum.inFlight += inFlight;
      sum.retrying += retrying;
    }
    return sum;
  }

  get counts(): EventPoster['counts'] {
    const sum = { posts: 0, failures: 0, events: 0 };
    for (const { counts } of this.all()) {
      sum.posts += counts.posts;
      sum.failures += counts.failures;
      sum.events += counts.events;
    }
    return sum;
  }

  async pump(again = false): Promise<void> {
    await Promise.all(this.all().map((poster) => poster.pump(again)));
  }

  async close(): Promise<void> {
    await Promise.all(this.all().map((poster) => poster.close()));
  }

  private all(): EventPoster[] {
    return [this.own, ...[...this.others.values()].map(({ poster }) => poster)];
  }
}
