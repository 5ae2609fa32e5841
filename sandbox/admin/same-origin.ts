// Keeps other pages from acting through the sandbox's forms; used by the admin, the storefront and the control page.
import type { NextFunction, Request, Response } from 'express';
import { SandboxRefusal } from '../http/refusal';

/** Lets reading through; whatever changes something must come from the sandbox's own pages, or from no page at all (tests). */
export function refuseOtherOrigins(req: Request, _res: Response, next: NextFunction): void {
  const { origin, host } = req.headers;
  const isRead = req.method === 'GET' || req.method === 'HEAD';
  const isOwn = origin === undefined || URL.parse(origin)?.host === host;
  next(isRead || isOwn ? undefined : new SandboxRefusal('Only the sandbox’s own pages may ask for this.', 403));
}
