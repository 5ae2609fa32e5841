/** Keeps the parts of a local system that run: ends them in the opposite order, and says when one dies by itself. */
import { describeEnd } from './child';

export interface Part {
  name: string;
  logFile: string;
  /** Settles with how the part ended. */
  exited: Promise<string>;
  stop(): Promise<void>;
}

export interface RunningParts {
  add(part: Part): void;
  /** Ends one part on purpose, e.g. to start it again with new code. */
  stop(name: string): Promise<void>;
  stopAll(): Promise<void>;
  /** Settles with a message for a person when a part ends that was not asked to. */
  died: Promise<string>;
}

export function makeRunningParts(): RunningParts {
  const running: Part[] = [];
  const { promise: died, resolve: tellDeath } = Promise.withResolvers<string>();
  const take = (part: Part): boolean => {
    const place = running.indexOf(part);
    if (place >= 0) running.splice(place, 1);
    return place >= 0;
  };
  return {
    add(part) {
      running.push(part);
      void part.exited.then((how) => {
        if (take(part)) tellDeath(describeEnd(part, how));
      });
    },
    async stop(name) {
      const part = running.find((one) => one.name === name);
      if (part && take(part)) await part.stop();
    },
    async stopAll() {
      for (let part = running.pop(); part; part = running.pop()) await part.stop();
    },
    died,
  };
}
