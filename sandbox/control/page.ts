// The pages for the person running the sandbox: the landing page with the way to everything, and the control page. Mounted by sandbox/main.ts.
import { readFileSync } from 'node:fs';
import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { html, type Markup, raw } from '../admin/html';
import { refuseOtherOrigins } from '../admin/same-origin';
import type { SandboxContext } from '../http/context';
import { SandboxRefusal } from '../http/refusal';
import { type App, jsonBody, route } from '../http/router';
import { registerSampleStore } from '../sample-store/register';
import { actAs, personBody } from './page-people';
import { controlStatus, moveClock } from './page-status';

const clockBody = z.strictObject({ by: z.number().positive().optional(), shop: z.string().optional() });

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value ?? {});
  if (!parsed.success) throw new SandboxRefusal(z.prettifyError(parsed.error), 400);
  return parsed.data;
}

function page(title: string, content: Markup, script = false): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="/pictures/icon.png?width=100"><link rel="stylesheet" href="/control/page.css">
${script && html`<script type="module" src="/control/page-script.js"></script>`}</head>
<body><header><a href="/"><img src="/pictures/icon.png?width=100" alt="" width="32" height="32"> Relance sandbox</a>
<nav><a href="/admin">Admin</a><a href="/mailbox">Mailbox</a><a href="/control">Control</a></nav></header>
<main>${content}</main></body></html>`.text;
}

function landing(ctx: SandboxContext): string {
  const shops = [...ctx.state.shops.values()];
  const card = (href: string, name: string, text: string) =>
    html`<a class="card link" href="${href}"><b>${name}</b><span>${text}</span></a>`;
  const stores = shops.slice(0, 20).map(({ record, installation }) => {
    const admin = installation ? `/admin/store/${record.handle}/apps/relance` : `/admin/store/${record.handle}/install`;
    return html`<h2>${record.name}</h2><div class="cards">
      ${card(admin, installation ? 'Relance in the store’s admin' : 'Install Relance', installation ? 'What the store owner sees.' : 'One click in the store’s admin.')}
      ${card(`/shop/${record.handle}`, 'Storefront', 'Browse, subscribe, fill a cart, pay – as a shopper.')}</div>`;
  });
  return page(
    'Relance sandbox',
    html`<h1>A store to try Relance with</h1><p class="lead">A local Shopify store and a local SendGrid. No message leaves this machine.</p>
    ${stores.length > 0 ? stores : html`<p class="card">There is no store yet. <a href="/control">Fill the sample store</a>.</p>`}
    <h2>Around it</h2><div class="cards">${card('/mailbox', 'Mailbox', 'Every e-mail that was sent.')}${card('/control', 'Control', 'Move the clock, act as a shopper, cause trouble.')}</div>`,
  );
}

const button = (attributes: string, label: string) => html`<button ${raw(attributes)}>${label}</button>`;

const CLOCK = html`<section class="card"><h2>Clock</h2><p class="clock"><b id="now">…</b><span id="ahead"></span></p>
  <div class="buttons">${button('data-clock="3600000"', '+ 1 hour')}${button('data-clock="86400000"', '+ 1 day')}${button('data-clock="604800000"', '+ 1 week')}${button('data-clock="morning"', 'Tomorrow 9:00')}</div></section>`;

const PEOPLE = html`<section class="card"><h2>Act as a shopper</h2><form id="person">
  <div class="fields"><label>E-mail<input type="email" name="email" list="people" required placeholder="lea@gmail.example" autocomplete="off"></label>
  <label>First name, if new<input name="firstName" autocomplete="off"></label>
  <label>Language, if new<select name="locale"><option value="fr">French</option><option value="en">English</option><option value="de">German</option></select></label></div><datalist id="people"></datalist>
  <div class="buttons">${button('name="deed" value="create"', 'Make a customer')}${button('name="deed" value="subscribe"', 'Subscribe')}${button('name="deed" value="unsubscribe"', 'Unsubscribe')}
  ${button('name="deed" value="abandon"', 'Abandon a cart')}${button('name="deed" value="drop-item"', 'Remove an item')}${button('name="deed" value="pay"', 'Pay the last checkout')}${button('name="deed" value="order"', 'Buy at once')}</div></form></section>`;

const DNS = html`<section class="card" id="dns" hidden><h2>DNS of a sender domain</h2><form class="fields"><label>Domain<select name="domain"></select></label></form>
  <div class="buttons">${button('data-dns="all"', 'Enter all records')}${button('data-dns="mail_cname"', 'Enter one')}${button('data-dns="wrong"', 'Enter wrong values')}${button('data-dns="none"', 'Take them out')}${button('data-dmarc="v=DMARC1; p=none"', 'Enter DMARC')}</div></section>`;

const TROUBLE = html`<section class="card"><h2>Trouble at SendGrid</h2><div class="buttons">
    ${button('data-send="none" class="on"', 'None')}${button('data-send="429"', '429 too many requests')}${button('data-send="500"', '500')}${button('data-send="silence"', 'No answer')}</div>
    <form id="bad" class="inline"><label>400 for this recipient<input type="email" name="email" placeholder="nobody" autocomplete="off"></label><button>Set</button></form></section>
  <section class="card"><h2>Trouble at Shopify</h2><div class="switches">
    <label><input type="checkbox" data-fault="shopify.down"> Down (503)</label><label><input type="checkbox" data-fault="shopify.throttled"> Throttled</label>
    <label><input type="checkbox" data-fault="shopify.slowMs" data-on="3000"> Slow (3 s)</label>
    <label><input type="checkbox" data-fault="shopify.discountsFail"> Discounts fail</label><label><input type="checkbox" data-fault="shopify.codesHang"> Codes never ready</label>
    <label><input type="checkbox" data-fault="webhooks.duplicate" data-on="0.5"> Webhooks twice</label>
    <label><input type="checkbox" data-fault="webhooks.shuffle" data-on="0.5"> Webhooks out of order</label><label><input type="checkbox" data-fault="webhooks.hold"> Webhooks held back</label></div></section>`;

function control(): string {
  return page(
    'Control – Relance sandbox',
    html`<div class="head"><h1>Control</h1><label id="shop-choice" hidden>Store <select id="shop"></select></label></div>
    <p id="said" role="status" aria-live="polite"></p>
    <section class="card" id="empty" hidden><h2>No store yet</h2><p>63 products, 1,200 customers, 18 months of orders. Takes a moment.</p><button id="sample">Fill the sample store</button></section>
    <div class="columns">${CLOCK}${PEOPLE}${DNS}${TROUBLE}<section class="card"><h2>Counts</h2><dl id="counts"></dl></section></div>`,
    true,
  );
}

function guard(_req: Request, res: Response, next: NextFunction): void {
  const policy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";
  res.set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' });
  next();
}

/** Mounts `/`, `/control` and what the control page calls, the sample store's door included. */
export function registerControlPage(app: App, ctx: SandboxContext): void {
  registerSampleStore(app, ctx);
  app.get('/', guard, (_req, res) => res.type('html').send(landing(ctx)));
  app.get('/control', guard, (_req, res) => res.type('html').send(control()));
  for (const [file, type] of [
    ['page.css', 'text/css'],
    ['page-script.js', 'text/javascript'],
  ] as const) {
    app.get(`/control/${file}`, (_req, res) => {
      res
        .type(type)
        .set('Cache-Control', 'no-cache')
        .send(readFileSync(new URL(file, import.meta.url), 'utf8'));
    });
  }
  const changing = [refuseOtherOrigins, jsonBody];
  const wantedShop = (req: Request) => (typeof req.query.shop === 'string' ? req.query.shop : undefined);
  app.get(
    '/control/status',
    guard,
    route((req, res) => res.json(controlStatus(ctx, wantedShop(req)))),
  );
  app.post(
    '/control/people',
    changing,
    route((req, res) => res.json({ said: actAs(ctx, read(personBody, req.body)) })),
  );
  app.post(
    '/control/clock',
    changing,
    route((req, res) => {
      moveClock(ctx, read(clockBody, req.body));
      res.json({ now: ctx.clock.iso() });
    }),
  );
}
