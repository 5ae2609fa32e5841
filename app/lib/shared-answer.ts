/** One slow question for many askers: asked at most once at a time, answered again while it is fresh, and never waited for too long. */

export interface SharedAnswerOptions<T> {
  /** Must not throw. */
  ask: () => Promise<T>;
  /** How long an answer is given to later askers, in real milliseconds. */
  freshMs: number;
  /** How long an asker waits. */
  patienceMs: number;
  /** What one who waited that long hears. */
  late: T;
}

/** While a question hangs nobody asks a second one: what hangs would only hang more. */
export function sharedAnswer<T>({ ask, freshMs, patienceMs, late }: SharedAnswerOptions<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let last: { at: number; answer: T } | null = null;
  return () => {
    if (last && performance.now() - last.at < freshMs) return Promise.resolve(last.answer);
    running ??= ask().then((answer) => {
      last = { at: performance.now(), answer };
      running = null;
      return answer;
    });
    return inTime(running, patienceMs, late);
  };
}

function inTime<T>(answer: Promise<T>, ms: number, late: T): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(late), ms);
    void answer.then((told) => {
      clearTimeout(timer);
      resolve(told);
    });
  });
}
