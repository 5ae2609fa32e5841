/** Lets the sandbox's admin pages frame the app, which allows Shopify's own admin alone; used by the local web entry. */
import type { ServerResponse } from 'node:http';

const HEADER = 'content-security-policy';

/** The policy with one more allowed ancestor; one that allows none at all stays as it is. */
export function allowAncestor(policy: string, origin: string): string {
  return policy.replace(/frame-ancestors (?!'none')/, `frame-ancestors ${origin} `);
}

/** An Express middleware that amends the header at the moment the app sets it. */
export function allowFramingBy(origin: string) {
  return (_request: unknown, response: ServerResponse, next: () => void): void => {
    const setHeader = response.setHeader.bind(response);
    response.setHeader = (name, value) => {
      const amended = name.toLowerCase() === HEADER && typeof value === 'string';
      return setHeader(name, amended ? allowAncestor(value, origin) : value);
    };
    next();
  };
}
