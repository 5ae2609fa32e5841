import { describe, expect, it } from 'vitest';
import { readColumns } from './refusal-list';
import { readRow } from './refusal-row';

const NOW = new Date('2026-11-22T10:00:00Z');

/** What a file says of each of its people; its first line names the columns. */
function read(header: string, ...lines: string[]) {
  const reading = readColumns(header.split(','));
  if ('code' in reading) return reading;
  const people = lines.map((line) => {
    const row = readRow(reading, line.split(','), NOW);
    if ('ignored' in row) return row.ignored;
    const { unsubscribed, suppressed, at } = row.refusal;
    return [
      ...(unsubscribed ? ['unsubscribed'] : []),
      ...(suppressed ? [suppressed] : []),
      at?.toISOString().slice(0, 10),
    ];
  });
  return { source: reading.source, people };
}

describe('a file of Klaviyo', () => {
  it('tells consent, suppressions and their moments', () => {
    const header =
      'Email,Klaviyo ID,First Name,Email Marketing Consent,Email Marketing Consent Timestamp,Email Suppressions,Email Suppressions Timestamp';
    expect(
      read(
        header,
        'ana@example.com,01H,Ana,UNSUBSCRIBED,2024-02-01 09:00:00,[],',
        "bo@example.com,01J,Bo,SUBSCRIBED,2023-01-01T00:00:00+00:00,['HARD_BOUNCE'],2025-05-06T07:08:09+00:00",
        'cy@example.com,01K,Cy,NEVER_SUBSCRIBED,,,',
        'di@example.com,01L,Di,SUBSCRIBED,2023-01-01,SPAM_COMPLAINT,',
        'el@example.com,01M,El,SUBSCRIBED,2023-01-01,USER_SUPPRESSED,',
        'fa@example.com,01N,Fa,UNSUBSCRIBED,2024-02-01,INVALID_EMAIL,2024-03-01',
        'gi@example.com,01N,Gi,SUBSCRIBED,2024-02-01,,',
        ',01O,nobody,UNSUBSCRIBED,,,',
        'not an address,01P,X,UNSUBSCRIBED,,,',
      ),
    ).toEqual({
      source: 'klaviyo',
      people: [
        ['unsubscribed', '2024-02-01'],
        ['bounced', '2025-05-06'],
        'not-refused',
        ['unsubscribed', 'complained', undefined],
        ['unsubscribed', undefined],
        ['unsubscribed', 'bounced', '2024-03-01'],
        'not-refused',
        'no-address',
        'not-an-address',
      ],
    });
  });
});

describe('a file of Mailchimp', () => {
  const common = 'Email Address,First Name,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME';
  it('of those who unsubscribed says when, and who complained', () => {
    expect(
      read(
        `${common},UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON,UNSUB_REASON_OTHER,LEID,EUID`,
        'ana@example.com,Ana,2,2020-01-01 00:00:00,2020-01-01 00:00:00,2024-02-01 09:00:00,Hello,NORMAL: No longer wanted,,1,a',
        'bo@example.com,Bo,2,2020-01-01 00:00:00,2020-01-01 00:00:00,2024-02-02 09:00:00,Hello,SPAM: The e-mails are spam,,2,b',
      ),
    ).toEqual({
      source: 'mailchimp',
      people: [
        ['unsubscribed', '2024-02-01'],
        ['unsubscribed', 'complained', '2024-02-02'],
      ],
    });
  });

  it('of those who were cleaned tells of dead addresses', () => {
    expect(
      read(`${common},CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,LEID,EUID`, 'a@b.fr,A,1,2020-01-01,,2024-02-01,x,1,a'),
    ).toEqual({ source: 'mailchimp', people: [['bounced', '2024-02-01']] });
  });

  it('of those who are subscribed is refused: nobody in it asked for anything', () => {
    expect(read(`${common},LAST_CHANGED,LEID,EUID,NOTES,TAGS`)).toEqual({ code: 'subscribed-list' });
  });
});

describe('a file of Brevo', () => {
  it('tells the subscription status', () => {
    expect(
      read(
        'EMAIL,FIRSTNAME,ADDED_TIME,MODIFIED_TIME,_listIds,email_marketing',
        'ana@example.com,Ana,01-02-2020 10:00:00,01-02-2021 10:00:00,2,unsubscribed',
        'bo@example.com,Bo,01-02-2020 10:00:00,01-02-2021 10:00:00,2,subscribed',
      ),
    ).toEqual({ source: 'brevo', people: [['unsubscribed', undefined], 'not-refused'] });
  });

  it('tells who is blocklisted, and why where it says so', () => {
    expect(
      read(
        'CONTACT ID,EMAIL,BLOCKLISTED,Blocklist reason,ADDED_TIME',
        '1,ana@example.com,Yes,unsubscribedViaEmail,2020-01-01',
        '2,bo@example.com,Oui,hardBounce,2020-01-01',
        '3,cy@example.com,No,,2020-01-01',
        '4,di@example.com,true,contactFlaggedAsSpam,2020-01-01',
        '5,el@example.com,1,adminBlocked,2020-01-01',
      ),
    ).toMatchObject({
      source: 'brevo',
      people: [
        ['unsubscribed', undefined],
        ['unsubscribed', 'bounced', undefined],
        'not-refused',
        ['unsubscribed', 'complained', undefined],
        ['unsubscribed', undefined],
      ],
    });
  });
});

describe('a file of Omnisend', () => {
  it('tells the state, and does not take an old opt-out for one that holds', () => {
    expect(
      read(
        'Email,Phone,Email opt-in date,Email opt-out date,Email status,SMS status',
        'ana@example.com,,2020-01-01,2024-02-01,unsubscribed,unsubscribed',
        'bo@example.com,,2025-01-01,2024-02-01,subscribed,unsubscribed',
        'cy@example.com,,,,nonSubscribed,nonSubscribed',
        'di@example.com,,,,bounced,subscribed',
      ),
    ).toEqual({
      source: 'omnisend',
      people: [['unsubscribed', '2024-02-01'], 'not-refused', 'not-refused', ['bounced', undefined]],
    });
    expect(
      read(
        'Email,Email opt-in date,Email opt-out date',
        'ana@example.com,2020-01-01,2024-02-01',
        'bo@example.com,2025-01-01,2024-02-01',
        'cy@example.com,2025-01-01,',
      ),
    ).toEqual({ source: 'omnisend', people: [['unsubscribed', '2024-02-01'], 'not-refused', 'not-refused'] });
  });
});

describe('any other file', () => {
  it('is read by what its columns are called, in French too', () => {
    expect(
      read(
        'Adresse e-mail,Statut,Date',
        'ana@example.com,Désinscrit,x',
        'bo@example.com,Abonné,x',
        'cy@example.com,Z9,x',
      ),
    ).toEqual({ source: 'other', people: [['unsubscribed', undefined], 'not-refused', 'unknown-state'] });
  });

  it('that holds addresses alone leaves it to the owner what they are', () => {
    const [bare, headed] = [read('ana@example.com', 'bo@example.com'), read('Email', 'bo@example.com')];
    expect([bare, headed]).toEqual([
      { source: 'other', people: [[undefined]] },
      { source: 'other', people: [[undefined]] },
    ]);
    expect(readColumns(['ana@example.com'])).toMatchObject({ headless: true, address: 0 });
  });

  it('does not take a soft bounce for a dead address', () => {
    expect(read('Email,Status', 'ana@example.com,Soft bounce', 'bo@example.com,Hard Bounce')).toMatchObject({
      people: ['not-refused', ['bounced', undefined]],
    });
  });

  it('without a column of addresses is refused with the columns it has', () => {
    expect(read('Name, Phone ')).toEqual({ code: 'no-address-column', columns: ['Name', 'Phone'] });
    expect(read(' , ')).toEqual({ code: 'empty' });
  });

  it('of Shopify’s own customers is refused: their consent is known', () => {
    expect(read('Customer ID,Email,Accepts Email Marketing,Total Spent')).toEqual({ code: 'shopify-list' });
  });
});

describe('an address in a cell', () => {
  it.each([
    [' Ana@Example.com ', 'Ana@Example.com'],
    ['mailto:ana@example.com', 'ana@example.com'],
    ['<ana@example.com>', 'ana@example.com'],
    ["'o'brien@example.com", "o'brien@example.com"],
    ['ana@', 'not-an-address'],
    ['ana@example', 'not-an-address'],
    ['a na@example.com', 'not-an-address'],
    ['ana@example.com; bo@example.com', 'not-an-address'],
    [`${'a'.repeat(300)}@example.com`, 'not-an-address'],
  ])('%j is read as %j', (cell, email) => {
    const reading = readColumns(['Email', 'Name']);
    if ('code' in reading) throw new Error('no reading');
    const row = readRow(reading, [cell], NOW);
    expect('ignored' in row ? row.ignored : row.refusal.email).toBe(email);
  });
});
