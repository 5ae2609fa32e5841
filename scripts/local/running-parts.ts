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
  /** Settles with a message for a person when a part ends that was not asked to. */
  died: Promise<string>;
  stop(): Promise<void>;
}

export function makeRunningParts(): RunningParts {
  const parts: Part[] = [];
  const { promise: died, resolve: tellDeath } = Promise.withResolvers<string>();
  let ending: Promise<void> | undefined;
  const stopAll = async () => {
    for (const part of parts.toReversed()) await part.stop();
  };
  return {
    add(part) {
      parts.push(part);
      void part.exited.then((how) => {
        if (!ending) tellDeath(describeEnd(part, how));
      });
    },
    died,
    stop() {
      ending ??= stopAll();
      return ending;
    },
  };
}
