// Troubles the control page can cause: Shopify down, out of points, or slow. Read by the OAuth and GraphQL doors.
import type { NextFunction, Request, Response } from 'express';

export interface ShopifyFaults {
  down: boolean;
  throttled: boolean;
  /** Real milliseconds added to every answer. */
  slowMs: number;
}

export const noFaults: ShopifyFaults = { down: false, throttled: false, slowMs: 0 };

export function faultGate(faults: ShopifyFaults) {
  return (_req: Request, res: Response, next: NextFunction): void => {
    if (faults.down) {
      res.status(503).type('text/html').send('<html><body><h1>Service Unavailable</h1></body></html>');
      return;
    }
    if (faults.slowMs > 0) setTimeout(() => next(), faults.slowMs);
    else next();
  };
}
