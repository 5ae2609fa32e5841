// Routes of the shopper's account and of the newsletter form.
import { birthDateOf, renderAccount, renderOpenTracking, renderSignIn } from './account-pages';
import type { Doors } from './doors';
import { birthDateField, readEmail, readText, signUp, subscribe } from './shopper';
import type { Visit } from './visit';

function signInDoors({ post }: Doors): void {
  post('/account/sign-in', (visit, req, res) => {
    const email = readEmail(req.body.email);
    const customer = email ? visit.shop.customerByEmail(email) : undefined;
    if (!customer) {
      res.status(422);
      return renderSignIn(visit, email ? visit.words.unknownEmail : visit.words.badEmail);
    }
    visit.session.customerId = customer.id;
    res.redirect(303, `${visit.root}/account`);
  });
  post('/account/sign-up', (visit, req, res) => {
    const email = readEmail(req.body.email);
    const problem = !email ? visit.words.badEmail : visit.shop.customerByEmail(email) ? visit.words.takenEmail : null;
    if (!email || problem) {
      res.status(422);
      return renderSignIn(visit, problem);
    }
    const { firstName, lastName, locale, birthDate, accepts } = req.body as Record<string, unknown>;
    signUp(visit, {
      email,
      firstName: readText(firstName),
      lastName: readText(lastName),
      locale: readText(locale, 5) ?? visit.session.language,
      birthDate: readText(birthDate, 10),
      accepts: accepts === '1',
    });
    res.redirect(303, `${visit.root}/account`);
  });
  post('/account/sign-out', (visit, _req, res) => {
    visit.session.customerId = null;
    res.redirect(303, `${visit.root}/account`);
  });
}

export function openAccounts(doors: Doors): void {
  const { get, post } = doors;
  const customerOf = (visit: Visit) =>
    visit.session.customerId === null ? undefined : visit.shop.customers.get(visit.session.customerId);
  get('/account', (visit) => {
    const customer = customerOf(visit);
    return customer ? renderAccount(visit, customer) : renderSignIn(visit);
  });
  signInDoors(doors);
  post('/account', (visit, req, res) => {
    const customer = customerOf(visit);
    const birthDate = readText(req.body.birthDate, 10);
    if (customer) {
      const changed = birthDate === birthDateOf(customer) ? undefined : birthDate;
      const locale = readText(req.body.locale, 5);
      visit.ctx.actions.updateCustomer(visit.shop.domain, customer.id, { locale, ...birthDateField(changed) });
    }
    res.redirect(303, `${visit.root}/account`);
  });
  post('/account/consent', (visit, req, res) => {
    const customer = customerOf(visit);
    const state = req.body.state === 'on' ? 'SUBSCRIBED' : 'UNSUBSCRIBED';
    if (customer?.email) visit.ctx.actions.setConsent(visit.shop.domain, customer.id, { state });
    res.redirect(303, `${visit.root}/account`);
  });
  // Behind Shopify's link, as in an e-mail: the token says whose choice it is.
  get('/account/open-tracking', (visit, req) =>
    renderOpenTracking(visit, visit.shop.customer(String(req.query.token))),
  );
  post('/account/open-tracking', (visit, req) => {
    const openTracking = req.body.state === 'on' ? 'OPTED_IN' : 'OPTED_OUT';
    const id = String(req.query.token);
    return renderOpenTracking(visit, visit.ctx.actions.updateCustomer(visit.shop.domain, id, { openTracking }));
  });
  post('/newsletter', (visit, req, res) => {
    const email = readEmail(req.body.email);
    if (email) subscribe(visit, email, readText(req.body.firstName));
    visit.session.notice = email ? visit.words.subscribed : visit.words.badEmail;
    res.redirect(303, visit.root);
  });
}
