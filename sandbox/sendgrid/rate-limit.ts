// SendGrid's rate limit headers and the fixed one-second window behind them, on real time. Used by every API route.
import type { Response } from 'express';

export class RateLimit {
  private readonly limit: number;
  private window = 0;
  private used = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Counts a request and writes the headers; false when the window is used up. */
  admit(res: Response): boolean {
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.window) {
      this.window = second;
      this.used = 0;
    }
    this.used += 1;
    this.write(res, Math.max(0, this.limit - this.used), second + 1);
    return this.used <= this.limit;
  }

  /** Headers of a refusal: nothing left until `resetSeconds` from now. */
  exhaust(res: Response, resetSeconds: number): void {
    this.write(res, 0, Math.floor(Date.now() / 1000) + resetSeconds);
  }

  private write(res: Response, remaining: number, reset: number): void {
    res.set({
      'X-RateLimit-Limit': String(this.limit),
      'X-RateLimit-Remaining': String(remaining),
      'X-RateLimit-Reset': String(reset),
    });
  }
}
