/** What was seen of an address, as something to tell the owner. Pure; called by `check-scenario`. */
import type { CheckCode } from '../../domain/check-finding';
import type { AddressSeen } from '../../domain/seen';

/** A picture this heavy appears late on a phone. */
export const HEAVY_PICTURE_BYTES = 600_000;

export interface AddressFinding {
  code: CheckCode;
  facts: Record<string, string | number>;
}

/** Null where nothing is wrong, or nothing can be said. */
export function findingOf(kind: 'link' | 'picture', address: string, seen: AddressSeen): AddressFinding | null {
  switch (seen.state) {
    case 'there':
      return kind === 'picture' ? pictureFinding(address, seen) : null;
    case 'gone':
      return { code: `${kind}-gone`, facts: { address, status: seen.status } };
    case 'unclear':
      // Many sites let no program in (401, 403, 429 …): that says nothing about people.
      return seen.status >= 500 ? { code: `${kind}-unwell`, facts: { address, status: seen.status } } : null;
    default:
      return { code: `${kind}-${seen.state}`, facts: { address } };
  }
}

function pictureFinding(address: string, { bytes, type }: { bytes: number | null; type: string | null }) {
  if (type !== null && !type.startsWith('image/')) return { code: 'picture-no-picture' as const, facts: { address } };
  if (bytes === null || bytes <= HEAVY_PICTURE_BYTES) return null;
  const facts = { address, size: Math.ceil(bytes / 1000), max: HEAVY_PICTURE_BYTES / 1000 };
  return { code: 'picture-heavy' as const, facts };
}
