/**
 * The one list of reasons. Every decision row carries one of these with the facts it rested on; the admin turns each
 * into a sentence (`app/i18n`), and `docs/reasons.md` describes them in both languages.
 */
export const REASONS = [
  // Enrollment
  'trigger-met', // the scenario's trigger happened
  'birthday-coming', // their birthday is today or tomorrow
  'lapsed-own-gap', // no order for twice the customer's own usual gap
  'lapsed-shop-gap', // no order for twice the shop's usual gap
  'lapsed-days', // no order for the days the owner set, or 60 where nothing is known
  'vip-entered', // they came among the best customers
  'vip-renewed', // they have been among the best customers for a further period
  'added-by-owner', // the owner chose to write to those already in the state
  'consent-too-old', // consent was given longer ago than the scenario allows
  'consent-undated', // nobody says when consent was given
  'already-enrolled', // they subscribed again, and were welcomed before
  'newer-checkout', // a newer checkout of the same shopper took over
  // Exits
  'order-placed', // the shopper ordered
  'checkout-completed', // the checkout was paid
  'checkout-emptied', // the checkout is empty or was deleted
  'checkout-changed-hands', // the address at checkout was changed: the cart is somebody else's
  'vip-left', // the shopper is no longer among the best customers
  'birth-date-gone', // their birth date is not known any more: they took it away, or the store did
  'condition-not-met', // a check in the scenario said stop
  'finished', // every step is done
  'stopped-by-owner', // the owner stopped it for this person
  'customer-redacted', // the customer's data was erased
  'customer-deleted', // the customer was deleted in Shopify
  'customer-merged', // the customer was merged into another
  // Going on
  'wait-started', // a wait began; the facts say until when
  'code-awaited', // the shopper's code is being made in Shopify
  'message-planned', // an e-mail was planned
  'released-by-owner', // held since a restore, and the owner said to send it
  'sent', // SendGrid accepted the e-mail
  // Withheld for good
  'no-email-address', // the customer has no address
  'not-subscribed', // no marketing consent
  'unsubscribed', // consent was withdrawn
  'consent-pending', // double opt-in is not confirmed
  'ground-not-allowed', // the checkout ground is not allowed for this person's country or history
  'kind-refused', // the shopper asked for no e-mails of this kind
  'bounced', // an earlier e-mail came back
  'complained', // the shopper marked an e-mail as spam
  'left-out-by-tag', // a tag the owner leaves out
  'left-out-by-segment', // a customer segment the owner leaves out
  'code-used', // the code the e-mail speaks of was used
  'code-ended', // the code the e-mail speaks of ended
  'nothing-to-show', // every product of the e-mail is gone
  'expired', // its time passed while something else held it back; the facts say what
  'refused-by-provider', // SendGrid refused this recipient
  'outcome-unknown', // SendGrid never said what became of it; it is not sent again
  'kept-back-by-owner', // the database was restored from a copy, the e-mail may have left before, and the owner wants no other
  'too-large', // filled in, the e-mail would be larger than mail programs show whole
  'shop-uninstalled', // Relance was uninstalled
  // Put off
  'quiet-hours', // it is night for the shopper
  'frequency-cap', // the shopper got enough e-mails lately
  'fewer-asked', // the shopper asked for one e-mail in seven days at most, and got it
  'too-soon', // less than the shop's gap since the last e-mail
  'higher-priority', // a more important e-mail is due for this shopper
  'scenario-off', // the scenario is switched off
  'everything-paused', // the owner paused everything
  'sender-missing', // no verified sender yet
  'address-missing', // the shop's postal address is missing
  'orders-not-confirmed', // Shopify could not be asked for the latest orders
  'provider-paused', // SendGrid refuses our key
  'provider-unavailable', // SendGrid could not be reached
  'restored-from-copy', // the database was restored from a copy; the e-mail may have left in the time that is missing
  'sending-stopped', // too many of the shop's last e-mails came back or were called spam
  'sending-slowed', // as above, not as many yet: a few go out every hour
  'new-sender-domain', // the shop's sender domain is new, or sent nothing for 30 days, and sends only so many a day yet
  'shared-sender-limit', // the sender all shops share sends only so many a day for each
] as const;

export type Reason = (typeof REASONS)[number];

/** Plain values a reason rests on: dates as ISO strings, ids, counts. Never addresses or names. */
export type Facts = Record<string, string | number | boolean | null>;
