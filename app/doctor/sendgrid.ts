/** SendGrid: the key and what it may do, the signed event webhook, and whom mail is sent as. */
import { isPublicMailDomain } from '../domain/sender-domain';
import type { Account, EventWebhook } from '../gateways/sendgrid/account';
import type { Asked } from '../gateways/sendgrid/ask';
import { about, type Finding } from './finding';

const key = about('SendGrid key');
const webhook = about('SendGrid event webhook');
const sender = about('Sender');
const subusers = about('SendGrid subusers');

/** What of the settings speaks of SendGrid. */
export interface Wanted {
  appUrl: string;
  publicKey: string;
  senderEmail: string;
  /** Whether each shop is to have a subuser. */
  subusers?: boolean;
}

/** Pure. @param account null while no key is set */
export function judgeSendgrid(account: Account | null, wanted: Wanted): Finding[] {
  if (!account) {
    return [
      key.note(
        'not set: nothing is sent, everything waits.',
        'Make a key in SendGrid (Settings, API Keys) and set SENDGRID_API_KEY.',
      ),
    ];
  }
  if ('failed' in account.scopes && account.scopes.failed !== 'not-allowed') {
    return account.scopes.failed === 'key-refused'
      ? [
          key.mend(
            'SendGrid refuses it.',
            'It was deleted or mistyped, or belongs to the other region (SENDGRID_BASE_URL): make a new one and set SENDGRID_API_KEY.',
          ),
        ]
      : [key.mend('SendGrid cannot be asked.', 'Check that this machine reaches SENDGRID_BASE_URL over https.')];
  }
  return [
    ...judgeScopes(account.scopes),
    ...judgeWebhook(account.webhooks, wanted),
    ...judgeSender(account, wanted),
    ...(wanted.subusers ? judgeSubusers(account, wanted) : []),
  ];
}

/** Without the first nothing goes out; without the second an erasure stops halfway. */
const NEEDED = {
  'mail.send': 'Mail Send',
  'recipients.erasejob.create': 'Recipients’ Data Erasure',
} as const;

function judgeScopes(scopes: Account['scopes']): Finding[] {
  if ('failed' in scopes) return [key.note('it may not read its own permissions.')];
  const missing = Object.entries(NEEDED).filter(([scope]) => !scopes.answer.includes(scope));
  return [
    ...(missing.length === 0 ? [key.ok('accepted, and it may do what it has to.')] : []),
    ...missing.map(([scope, name]) =>
      key.mend(`it may not "${name}" (${scope}).`, `Add "${name}" to the key in SendGrid (Settings, API Keys).`),
    ),
    ...judgeDomainScopes(scopes.answer),
  ];
}

/** Without these shops stay with the shared sender. */
const FOR_DOMAINS = ['whitelabel.create', 'whitelabel.read', 'whitelabel.update', 'whitelabel.delete'];

function judgeDomainScopes(scopes: readonly string[]): Finding[] {
  const missing = FOR_DOMAINS.filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return [];
  return [
    key.note(
      `shops cannot connect a domain of their own without ${missing.join(', ')}.`,
      'Give the key full access to "Sender Authentication" in SendGrid (Settings, API Keys).',
    ),
  ];
}

const FOR_SUBUSERS = [
  ...['subusers.create', 'subusers.read', 'subusers.update', 'ips.read', 'api_keys.create'],
  ...['user.webhooks.event.settings.read', 'user.webhooks.event.settings.update', 'whitelabel.create'],
];

function judgeSubusers({ scopes, domains, ips }: Account, { senderEmail }: Wanted): Finding[] {
  const found: Finding[] = [];
  const missing = 'answer' in scopes ? FOR_SUBUSERS.filter((scope) => !scopes.answer.includes(scope)) : [];
  if (missing.length > 0) {
    found.push(
      subusers.mend(
        `SENDGRID_SUBUSERS is on, and the key may not make them: it lacks ${missing.join(', ')}.`,
        'Give the key full access (SendGrid, Settings, API Keys), or set SENDGRID_SUBUSERS to "off".',
      ),
    );
  }
  if (ips && 'answer' in ips && ips.answer.length === 0) {
    found.push(
      subusers.mend(
        'the account has no IP address of its own to give them.',
        'Subusers need SendGrid’s Pro plan or above, with a dedicated IP address.',
      ),
    );
  }
  const domain = senderEmail.slice(senderEmail.lastIndexOf('@') + 1).toLowerCase();
  if (domain !== '' && 'answer' in domains && !domains.answer.includes(domain)) {
    found.push(
      subusers.mend(
        `${domain} is not authenticated: a subuser may use a domain of the account, never a single verified address.`,
        'Authenticate the domain of SENDER_EMAIL in SendGrid (Settings, Sender Authentication).',
      ),
    );
  }
  return found.length > 0 ? found : [subusers.ok('each shop gets one; the account has what they need.')];
}

/** What the engine acts on. Opens are not among them. */
const EVENTS = ['processed', 'delivered', 'bounce', 'dropped', 'click', 'spam_report', 'unsubscribe'] as const;
const PLACE = 'SendGrid, Settings, Mail Settings, Event Webhooks';

function judgeWebhook(webhooks: Asked<EventWebhook[]>, { appUrl, publicKey }: Wanted): Finding[] {
  if ('failed' in webhooks) {
    return [
      webhook.note(
        'the key may not read its settings.',
        'Give it the scope user.webhooks.event.settings.read, or compare by hand with README.md.',
      ),
    ];
  }
  const url = `${appUrl.replace(/\/+$/, '')}/webhooks/sendgrid`;
  const ours = webhooks.answer.find((one) => one.url.replace(/\/+$/, '') === url);
  if (!ours)
    return [webhook.mend(`none goes to ${url}.`, `Add one in ${PLACE}: bounces and complaints stay unknown without.`)];
  const found: Finding[] = [];
  if (!ours.enabled) found.push(webhook.mend('it is switched off.', `Switch it on in ${PLACE}.`));
  const missing = EVENTS.filter((name) => !ours.events.includes(name));
  if (missing.length > 0) found.push(webhook.mend(`it does not tell ${missing.join(', ')}.`, `Tick them in ${PLACE}.`));
  found.push(...judgeSignature(ours, publicKey));
  return found.length > 0 ? found : [webhook.ok('on, signed, and tells what it has to.')];
}

function judgeSignature(ours: EventWebhook, publicKey: string): Finding[] {
  if (ours.publicKey === null) {
    return [
      webhook.mend(
        'its events are not signed: all of them are refused.',
        `Enable "Signature Verification" in ${PLACE} and set SENDGRID_WEBHOOK_PUBLIC_KEY to the key it shows.`,
      ),
    ];
  }
  if (publicKey === '') {
    return [
      webhook.mend(
        'SENDGRID_WEBHOOK_PUBLIC_KEY is not set: all events are refused.',
        `Set it to the verification key in ${PLACE}.`,
      ),
    ];
  }
  if (bare(ours.publicKey) !== bare(publicKey)) {
    return [
      webhook.mend(
        'SENDGRID_WEBHOOK_PUBLIC_KEY is not its key: all events are refused.',
        `Copy the verification key anew from ${PLACE}.`,
      ),
    ];
  }
  return [];
}

/** PEM or base64, on one line or several: the same key. */
const bare = (text: string) => text.replaceAll(/-----[^-]*-----|\\n|\s/g, '');

function judgeSender({ senders, domains }: Account, { senderEmail }: Wanted): Finding[] {
  if (senderEmail === '') {
    return [
      sender.note('SENDER_EMAIL is not set: shops send nothing before they have a verified address of their own.'),
    ];
  }
  const email = senderEmail.toLowerCase();
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (isPublicMailDomain(domain)) {
    return [
      sender.mend(
        `SENDER_EMAIL is at ${domain}: nobody else may send in its name (DMARC).`,
        'Use an address at a domain of your own.',
      ),
    ];
  }
  if ('failed' in senders && 'failed' in domains) {
    return [
      sender.note(
        'the key may not ask whether SENDER_EMAIL is verified.',
        'Give it read access to "Sender Authentication".',
      ),
    ];
  }
  const authenticated = 'answer' in domains && domains.answer.includes(domain);
  if (authenticated) return [sender.ok(`${domain} is authenticated.`)];
  if ('answer' in senders && senders.answer.includes(email)) {
    return [
      sender.note(
        `SENDER_EMAIL is verified, but ${domain} is not authenticated: Gmail and Yahoo refuse or junk much of such mail.`,
        'Authenticate the domain in SendGrid (Settings, Sender Authentication) with its three DNS records.',
      ),
    ];
  }
  if ('failed' in senders || 'failed' in domains)
    return [sender.note('whether SENDER_EMAIL is verified cannot be told.')];
  return [
    sender.mend(
      'SendGrid has not verified SENDER_EMAIL: every e-mail is refused.',
      'Authenticate its domain, or verify the address, in SendGrid (Settings, Sender Authentication).',
    ),
  ];
}
