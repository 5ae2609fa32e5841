// Brings the control page to life: sends what is clicked, and shows how things stand every two seconds.
const $ = (id) => document.getElementById(id);
let shop = new URLSearchParams(location.search).get('shop') ?? undefined;

const say = (text, isBad = false) => {
  $('said').textContent = text;
  $('said').className = isBad ? 'bad' : 'good';
};

const call = async (path, body, method = body === undefined ? 'GET' : 'POST') => {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `${path} answered ${response.status}.`);
  return answer;
};

const attempt = async (deed) => {
  document.body.classList.add('busy');
  try {
    const said = await deed();
    if (said) say(said);
    await refresh();
  } catch (error) {
    say(error.message, true);
  } finally {
    document.body.classList.remove('busy');
  }
};

const inWords = (ms) => {
  const hours = Math.round(ms / 3_600_000);
  if (hours < 1) return 'as the real time';
  const days = Math.floor(hours / 24);
  return `${[days && `${days} d`, hours % 24 && `${hours % 24} h`].filter(Boolean).join(' ')} ahead of the real time`;
};

const drawCounts = (rows) => {
  $('counts').replaceChildren(
    ...rows.flatMap(([name, value]) => {
      const term = Object.assign(document.createElement('dt'), { textContent: name });
      return [term, Object.assign(document.createElement('dd'), { textContent: value })];
    }),
  );
};

const options = (values, make) => values.map((value) => Object.assign(document.createElement('option'), make(value)));

const drawSendgrid = (faults) => {
  const fault = faults.send?.[0];
  const current = !fault ? 'none' : fault.kind === 'answer' ? String(fault.status) : fault.kind;
  for (const button of document.querySelectorAll('[data-send]'))
    button.classList.toggle('on', button.dataset.send === current);
  const field = $('bad').elements.email;
  if (document.activeElement !== field) field.value = faults.refuseRecipients?.[0] ?? '';
};

const domainChoice = () => document.querySelector('#dns select');

/** Domains SendGrid was asked about; drawn anew only when there are others, so that an open list stays open. */
const drawDomains = (domains) => {
  const choice = domainChoice();
  $('dns').hidden = domains.length === 0;
  if (domains.join() === [...choice.options].map(({ value }) => value).join()) return;
  choice.replaceChildren(...options(domains, (value) => ({ value, textContent: value })));
};

const refresh = async () => {
  const query = shop ? `?shop=${encodeURIComponent(shop)}` : '';
  const [status, faults, stats, dns] = await Promise.all([
    call(`/control/status${query}`),
    call('/control/api/sendgrid/faults').catch(() => ({})),
    call('/control/api/sendgrid/stats').catch(() => ({})),
    call('/control/api/sendgrid/dns/domains').catch(() => ({})),
  ]);
  drawDomains(dns.domains ?? []);
  $('now').textContent = status.clock.text;
  $('ahead').textContent = `${status.clock.timezone}, ${inWords(status.clock.aheadMs)}`;
  $('empty').hidden = Boolean(status.shop?.counts.products);
  $('shop-choice').hidden = status.shops.length < 2;
  shop = status.shop?.handle;
  $('shop').replaceChildren(
    ...options(status.shops, ({ handle, name }) => ({ value: handle, textContent: name, selected: handle === shop })),
  );
  $('people').replaceChildren(...options(status.shop?.people ?? [], (value) => ({ value })));
  for (const box of document.querySelectorAll('[data-fault]')) {
    const [group, name] = box.dataset.fault.split('.');
    box.checked = Boolean(status.faults[group]?.[name]);
  }
  drawSendgrid(faults);
  const counts = status.shop?.counts ?? {};
  const webhooks = status.shop?.webhooks ?? {};
  drawCounts([
    ['Relance', status.shop?.installed ? 'installed' : 'not installed'],
    ['Products', counts.products ?? 0],
    ['Customers', counts.customers ?? 0],
    ['of them subscribed', counts.subscribed ?? 0],
    ['Orders', counts.orders ?? 0],
    ['Open checkouts', counts.openCheckouts ?? 0],
    ...Object.entries(webhooks)
      .filter(([, count]) => typeof count === 'number')
      .map(([name, count]) => [`Webhooks ${name}`, count]),
    ['E-mails in the mailbox', stats.messages ?? 0],
    ...Object.entries(stats.events ?? {}).map(([name, count]) => [`Events ${name}`, count]),
  ]);
};

for (const button of document.querySelectorAll('[data-clock]')) {
  const by = button.dataset.clock;
  button.addEventListener('click', () =>
    attempt(async () => {
      await call('/control/clock', by === 'morning' ? { shop } : { by: Number(by) });
      return `The clock moved: ${button.textContent}.`;
    }),
  );
}

$('person').addEventListener('submit', (event) => {
  event.preventDefault();
  const { email, firstName, locale } = event.target.elements;
  const deed = event.submitter?.value ?? 'create';
  const wish = { shop: shop ?? '', email: email.value, firstName: firstName.value, locale: locale.value, deed };
  attempt(async () => (await call('/control/people', wish)).said);
});

for (const button of document.querySelectorAll('[data-dns], [data-dmarc]')) {
  const { dns, dmarc } = button.dataset;
  button.addEventListener('click', () =>
    attempt(async () => {
      const domain = domainChoice().value;
      const appear = ['all', 'wrong', 'none'].includes(dns) ? dns : [dns];
      const wish = dmarc ? { txt: { [`_dmarc.${domain}`]: dmarc } } : { domain, appear };
      await call('/control/api/sendgrid/dns', wish);
      return `DNS of ${domain}: ${button.textContent}.`;
    }),
  );
}

const SEND = {
  none: [],
  429: [{ kind: 'answer', status: 429, resetSeconds: 5, times: 'always' }],
  500: [{ kind: 'answer', status: 500, times: 'always' }],
  silence: [{ kind: 'silence', times: 'always' }],
};
for (const button of document.querySelectorAll('[data-send]')) {
  button.addEventListener('click', () =>
    attempt(async () => {
      await call('/control/api/sendgrid/faults', { send: SEND[button.dataset.send] });
      return button.dataset.send === 'none'
        ? 'SendGrid answers as usual.'
        : `SendGrid from now on: ${button.textContent}.`;
    }),
  );
}
$('bad').addEventListener('submit', (event) => {
  event.preventDefault();
  const email = event.target.elements.email.value;
  attempt(async () => {
    await call('/control/api/sendgrid/faults', { refuseRecipients: email ? [email] : [] });
    return email ? `SendGrid refuses ${email}.` : 'SendGrid refuses nobody.';
  });
});

for (const box of document.querySelectorAll('[data-fault]')) {
  box.addEventListener('change', () =>
    attempt(async () => {
      const [group, name] = box.dataset.fault.split('.');
      const on = box.dataset.on === undefined ? true : Number(box.dataset.on);
      const off = box.dataset.on === undefined ? false : 0;
      await call('/control/api/faults', { [group]: { [name]: box.checked ? on : off } });
    }),
  );
}

$('shop').addEventListener('change', (event) => {
  shop = event.target.value;
  attempt(async () => undefined);
});
$('sample').addEventListener('click', () =>
  attempt(async () => {
    say('Filling…');
    const made = await call('/control/api/sample-store', shop ? { shop } : {});
    return `${made.products} products, ${made.customers} customers, ${made.orders} orders.`;
  }),
);

attempt(async () => undefined);
setInterval(() => refresh().catch(() => say('The sandbox does not answer.', true)), 2_000);
