// Troubles the control page can cause: Shopify down, out of points, slow, or unable to make discounts or to begin bulk operations. Read by the OAuth and GraphQL doors.
import type { NextFunction, Request, Response } from 'express';

export interface ShopifyFaults {
  down: boolean;
  throttled: boolean;
  /** Real milliseconds added to every answer. */
  slowMs: number;
  /** Every change of a discount answers with an internal error. */
  discountsFail: boolean;
  /** Codes that are asked for never come in, until this is lifted. */
  codesHang: boolean;
  /** Bulk operations do not begin their work until this is lifted. */
  bulkHang: boolean;
  /** So many of the next token refreshes are refused, as if the token were unknown. */
  refusedRefreshes: number;
  /** Requests that met one of these. */
  met: { down: number; throttled: number; refusedRefreshes: number };
}

export const noFaults = (): ShopifyFaults => ({
  down: false,
  throttled: false,
  slowMs: 0,
  discountsFail: false,
  codesHang: false,
  bulkHang: false,
  refusedRefreshes: 0,
  met: { down: 0, throttled: 0, refusedRefreshes: 0 },
});

export function faultGate(faults: ShopifyFaults) {
  return (_req: Request, res: Response, next: NextFunction): void => {
    if (faults.down) {
      faults.met.down += 1;
      res.status(503).type('text/html').send('<html><body><h1>Service Unavailable</h1></body></html>');
      return;
    }
    if (faults.slowMs > 0) setTimeout(() => next(), faults.slowMs);
    else next();
  };
}
