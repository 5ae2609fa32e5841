/** JSON over HTTP with one plain error when the other side refuses; under every verb of the harness. */

export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'Refused';
    this.status = status;
  }
}

export interface JsonDoor {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  remove(path: string): Promise<void>;
}

/** @param base address without a path, e.g. `http://127.0.0.1:4400` */
export function jsonDoor(base: string): JsonDoor {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${base}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Refused(answer.status, `${method} ${path} answered ${answer.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  return {
    get: (path) => call('GET', path) as Promise<never>,
    post: (path, body = {}) => call('POST', path, body) as Promise<never>,
    remove: async (path) => {
      await call('DELETE', path);
    },
  };
}
