/**
 * One e-mail to one person, from plan to outcome. State machine:
 *
 *   planned ─▶ claimed ─▶ handed-over ─▶ sent
 *      ▲  │        │            ├──────▶ refused            SendGrid refused this recipient: final
 *      │  │        │            ├──────▶ unsettled ─▶ sent | unknown      its own events settle it, or 24 h do
 *      │  │        └──(never left)──▶ planned
 *      └──┴──(put off: due again later)
 *         └──▶ withheld                                     final, with its reason; also from claimed
 *
 * After a restore from a copy whatever may have left in the lost time is `unsettled` too, from planned, claimed or handed-over,
 * or from its birth: SendGrid's events settle it, or the owner does, back to planned or to unknown.
 *
 * `handed-over` is committed just before the bytes leave: a crash before it may be repeated, a crash after it may not.
 */
export const MESSAGE_STATUSES = [
  'planned',
  'claimed',
  'handed-over',
  'sent',
  'refused',
  'unsettled',
  'unknown',
  'withheld',
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Counts towards the frequency cap: it reached the shopper, or may have. */
export const COUNTED_STATUSES: readonly MessageStatus[] = ['claimed', 'handed-over', 'sent', 'unsettled', 'unknown'];
