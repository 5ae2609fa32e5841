// Stands in for Shopify's App Bridge inside the app's frame: gives the page `window.shopify` and the `ui-` elements, and
// talks to the admin page around it (host.js) by postMessage. It changes no element of the page before the app does, so
// that server-rendered markup and the browser's first render stay the same.
(() => {
  if (window.shopify) return;
  const script = document.currentScript;
  const adminOrigin = new URL(script.src).origin;
  const query = new URLSearchParams(location.search);
  const PRIVATE_PARAMS =
    'hmac locale protocol session id_token shop timestamp host embedded appLoadId shopify-reload'.split(' ');

  // --- settings: from the address at first, remembered for later pages of this frame

  const readRemembered = () => {
    try {
      return JSON.parse(sessionStorage.getItem('app-bridge-config') ?? '{}');
    } catch {
      return {};
    }
  };
  const config = { ...readRemembered(), apiKey: script.dataset.apiKey ?? '' };
  for (const key of ['shop', 'host', 'locale']) if (query.get(key)) config[key] = query.get(key);
  config.locale ??= 'en';
  try {
    sessionStorage.setItem('app-bridge-config', JSON.stringify(config));
  } catch {
    // Storage may be closed to frames; the address then has to carry the settings.
  }

  // --- talking with the admin page

  const embedded = window.parent !== window;
  const waiting = new Map();
  const inbox = {};
  let questions = 0;
  const tell = (type, detail = {}) => {
    if (embedded) window.parent.postMessage({ appBridge: 1, type, ...detail }, adminOrigin);
  };
  const ask = (type, detail = {}) =>
    new Promise((resolve, reject) => {
      questions += 1;
      waiting.set(questions, { resolve, reject });
      tell(type, { ...detail, question: questions });
    });
  addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== adminOrigin || event.data?.appBridge !== 1) return;
    const message = event.data;
    if (message.type !== 'answer') return inbox[message.type]?.(message);
    const asker = waiting.get(message.question);
    waiting.delete(message.question);
    if (message.error) asker?.reject(new Error(message.error));
    else asker?.resolve(message.value);
  });

  // --- id tokens and the requests that carry them

  let token;
  const secondsLeft = (jwt) =>
    JSON.parse(atob(jwt.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).exp - Date.now() / 1000;
  const idToken = async ({ fresh = false } = {}) => {
    if (fresh || !token || secondsLeft(token) < 10) token = await ask('id-token');
    return token;
  };

  const plainFetch = window.fetch;
  const send = async (request, fresh) => {
    const copy = request.clone();
    if (fresh || !copy.headers.has('Authorization'))
      copy.headers.set('Authorization', `Bearer ${await idToken({ fresh })}`);
    return plainFetch(copy);
  };
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!embedded || new URL(request.url).origin !== location.origin) return plainFetch(input, init);
    let response = await send(request, false);
    if (response.headers.get('X-Shopify-Retry-Invalid-Session-Request')) response = await send(request, true);
    const header = response.headers.get('X-Shopify-API-Request-Failure-Reauthorize-Url');
    if (!header && response.headers.get('X-Shopify-API-Request-Failure-Reauthorize') !== '1') return response;
    tell('go', { url: new URL(header ?? `/auth?shop=${config.shop}`, location.origin).href });
    return new Promise(() => {}); // the page is being left
  };

  // --- going elsewhere

  const isAdminAddress = (url) =>
    /^shopify:|^https:\/\/admin\.shopify\.com\/|^https:\/\/[^/]+\.myshopify\.com\/admin/.test(url);
  const plainOpen = window.open;
  window.open = (url, target, features) => {
    const leavesFrame = target === '_top' || target === '_parent';
    if (!embedded || !(leavesFrame || isAdminAddress(String(url))))
      return plainOpen.call(window, url, target, features);
    tell('go', { url: isAdminAddress(String(url)) ? String(url) : new URL(url, location.href).href });
    return null;
  };
  addEventListener('click', (event) => {
    const href = event.target?.closest?.('a[href]')?.getAttribute('href');
    if (!embedded || !href || !isAdminAddress(href)) return;
    event.preventDefault();
    tell('go', { url: href });
  });

  const reportPath = () => {
    const search = new URLSearchParams(location.search);
    for (const name of PRIVATE_PARAMS) search.delete(name);
    tell('path', { path: `${location.pathname}${search.size ? `?${search}` : ''}` });
  };
  for (const method of ['pushState', 'replaceState']) {
    const plain = history[method];
    history[method] = (...args) => {
      plain.apply(history, args);
      reportPath();
    };
  }
  addEventListener('popstate', reportPath);

  inbox.navigate = async ({ href }) => {
    const links = [...document.querySelectorAll('s-app-nav [href], ui-nav-menu [href]')];
    const link = links.find((candidate) => candidate.getAttribute('href') === href);
    if (link) return link.dispatchEvent(new CustomEvent('shopify:navigate', { bubbles: true }));
    const url = new URL(href, location.origin);
    const launch = {
      shop: config.shop,
      host: config.host,
      locale: config.locale,
      embedded: '1',
      id_token: await idToken(),
    };
    for (const [name, value] of Object.entries(launch)) url.searchParams.set(name, value);
    location.assign(url);
  };

  // --- menu, title bar, save bar, modal

  const words = (element) => element.textContent.trim();
  const isOn = (element, name) => element.hasAttribute(name) && element.getAttribute(name) !== 'false';

  /** An element that shows nothing itself and tells the admin page whenever its content changes. */
  class Told extends HTMLElement {
    constructor() {
      super();
      this.attachShadow({ mode: 'open' });
      this.watcher = new MutationObserver(() => this.changed());
    }
    connectedCallback() {
      this.watcher.observe(this, { childList: true, subtree: true, attributes: true, characterData: true });
      queueMicrotask(() => this.changed());
      if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => this.changed(), { once: true });
    }
    disconnectedCallback() {
      this.watcher.disconnect();
      this.changed();
    }
  }

  class AppNav extends Told {
    changed() {
      const links = this.isConnected ? [...this.querySelectorAll('[href]')] : [];
      const item = (link) => ({
        href: link.getAttribute('href'),
        label: words(link),
        home: link.getAttribute('rel') === 'home',
      });
      tell('nav', { items: links.map(item) });
    }
  }

  const actionOf = (element, index) => ({
    index,
    label: words(element),
    variant: element.getAttribute('variant') ?? '',
    tone: element.getAttribute('tone') ?? '',
    disabled: isOn(element, 'disabled'),
    loading: isOn(element, 'loading'),
    group: element.closest('section')?.getAttribute('label') ?? '',
  });
  const actionsIn = (bar) => [...bar.querySelectorAll('button, a')];

  class TitleBar extends Told {
    changed() {
      const modal = this.closest('ui-modal');
      if (modal) return modal.drawBars();
      if (!this.isConnected)
        return document.querySelector('ui-title-bar') ? undefined : tell('title', { title: '', actions: [] });
      tell('title', { title: this.getAttribute('title') ?? '', actions: actionsIn(this).map(actionOf) });
    }
  }
  inbox['title-action'] = ({ index }) => {
    const bars = [...document.querySelectorAll('ui-title-bar')].filter((bar) => !bar.closest('ui-modal'));
    if (bars.length) actionsIn(bars.at(-1))[index]?.click();
  };

  /** Open save bars, the latest last: elements, and forms with `data-save-bar`. */
  const openBars = [];
  const tellSaveBar = () => {
    const bar = openBars.at(-1);
    tell('save-bar', bar ? { open: true, ...bar.look() } : { open: false });
  };
  const setBar = (bar, open) => {
    const at = openBars.indexOf(bar);
    if (open === at >= 0) return false;
    if (open) openBars.push(bar);
    else openBars.splice(at, 1);
    tellSaveBar();
    return true;
  };
  inbox['save-bar-action'] = ({ action }) => openBars.at(-1)?.[action === 'save' ? 'onSave' : 'onDiscard']();

  class SaveBar extends Told {
    get showing() {
      return openBars.includes(this);
    }
    get discardConfirmation() {
      return isOn(this, 'discardconfirmation') || isOn(this, 'discard-confirmation') || this.asksFirst === true;
    }
    set discardConfirmation(value) {
      this.asksFirst = Boolean(value);
    }
    async show() {
      if (setBar(this, true)) this.dispatchEvent(new Event('show'));
    }
    async hide() {
      if (setBar(this, false)) this.dispatchEvent(new Event('hide'));
    }
    async toggle() {
      return this.showing ? this.hide() : this.show();
    }
    buttonOf(primary) {
      return [...this.querySelectorAll('button')].find(
        (button) => (button.getAttribute('variant') === 'primary') === primary,
      );
    }
    look() {
      const state = (button) => ({
        disabled: button ? isOn(button, 'disabled') : false,
        loading: button ? isOn(button, 'loading') : false,
        label: button ? words(button) : '',
      });
      return {
        save: state(this.buttonOf(true)),
        discard: state(this.buttonOf(false)),
        confirmDiscard: this.discardConfirmation,
      };
    }
    onSave() {
      this.buttonOf(true)?.click();
    }
    onDiscard() {
      this.buttonOf(false)?.click();
    }
    changed() {
      if (!this.isConnected) setBar(this, false);
      else if (this.showing) tellSaveBar();
    }
  }

  const formBars = new WeakMap();
  const barOf = (form) => {
    const plain = { disabled: false, loading: false, label: '' };
    const bar = formBars.get(form) ?? {
      look: () => ({ save: plain, discard: plain, confirmDiscard: isOn(form, 'data-discard-confirmation') }),
      onSave: () => form.requestSubmit(),
      onDiscard: () => form.reset(),
    };
    formBars.set(form, bar);
    return bar;
  };
  const isChanged = (field) => {
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return 'defaultValue' in field && field.value !== field.defaultValue;
  };
  const followForm = (event) => {
    const form = event.target?.closest?.('form[data-save-bar]');
    if (form)
      setBar(barOf(form), event.type !== 'submit' && event.type !== 'reset' && [...form.elements].some(isChanged));
  };
  for (const type of ['input', 'change', 'submit', 'reset']) addEventListener(type, followForm);

  class Modal extends HTMLElement {
    constructor() {
      super();
      this.attachShadow({ mode: 'open' });
      this.content = document.createElement('div');
    }
    get frame() {
      return this.shadowRoot.querySelector('dialog');
    }
    get contentWindow() {
      return this.shadowRoot.querySelector('iframe')?.contentWindow ?? null;
    }
    build() {
      if (this.frame) return;
      const style = document.createElement('style');
      style.textContent = `dialog{border:0;border-radius:16px;padding:0;width:min(38rem,calc(100vw - 2rem));max-height:calc(100vh - 3rem);box-shadow:0 20px 60px #0005;font:14px/1.5 Inter,system-ui,sans-serif;color:#303030}
        dialog::backdrop{background:#0007}dialog[data-variant=small]{width:min(24rem,calc(100vw - 2rem))}dialog[data-variant=large]{width:min(62rem,calc(100vw - 2rem))}dialog[data-variant=max]{width:calc(100vw - 2rem);max-width:none;height:calc(100vh - 2rem)}
        header,footer{display:flex;gap:8px;align-items:center;padding:12px 16px;background:#f3f3f3}header b{flex:1;font-weight:600;font-size:15px}footer{justify-content:flex-end;background:#fff;border-top:1px solid #e3e3e3}
        button{font:inherit;font-weight:550;border:0;border-radius:8px;padding:6px 12px;background:#e3e3e3;color:#303030;cursor:pointer}button.primary{background:#303030;color:#fff}button.critical{background:#c70a24;color:#fff}button:disabled{opacity:.5;cursor:default}iframe{border:0;width:100%;height:70vh}`;
      const frame = document.createElement('dialog');
      frame.addEventListener('close', () => this.dispatchEvent(new Event('hide')));
      frame.append(document.createElement('header'), document.createElement('slot'), document.createElement('footer'));
      this.shadowRoot.append(style, frame);
      this.append(this.content);
    }
    drawBars() {
      if (!this.frame) return;
      const bar = this.querySelector('ui-title-bar');
      const button = (label, act, looks = {}) => {
        const made = document.createElement('button');
        made.textContent = label;
        made.className = looks.variant === 'primary' ? (looks.tone === 'critical' ? 'critical' : 'primary') : '';
        made.disabled = Boolean(looks.disabled || looks.loading);
        made.addEventListener('click', act);
        return made;
      };
      const title = document.createElement('b');
      title.textContent = bar?.getAttribute('title') ?? '';
      const close = button('×', () => this.hide());
      close.setAttribute('aria-label', config.locale.startsWith('fr') ? 'Fermer' : 'Close');
      this.frame.querySelector('header').replaceChildren(title, close);
      const actions = bar ? actionsIn(bar) : [];
      const footer = this.frame.querySelector('footer');
      footer.hidden = actions.length === 0;
      footer.replaceChildren(
        ...actions.map((source, i) => button(words(source), () => source.click(), actionOf(source, i))).reverse(),
      );
    }
    async show() {
      this.build();
      if (this.frame.open) return;
      this.frame.dataset.variant = this.getAttribute('variant') ?? 'base';
      const src = this.getAttribute('src');
      if (src && !this.contentWindow) {
        const page = document.createElement('iframe');
        page.src = src;
        this.frame.querySelector('slot').replaceWith(page);
      }
      this.drawBars();
      this.frame.showModal();
      this.dispatchEvent(new Event('show'));
    }
    async hide() {
      if (this.frame?.open) this.frame.close();
    }
    async toggle() {
      return this.frame?.open ? this.hide() : this.show();
    }
  }

  customElements.define('s-app-nav', AppNav);
  customElements.define('ui-nav-menu', class extends AppNav {});
  customElements.define('ui-title-bar', TitleBar);
  customElements.define('ui-save-bar', SaveBar);
  customElements.define('ui-modal', Modal);

  // --- the global the app uses

  const byId = (id, verb) => {
    const element = document.getElementById(id);
    if (!element?.[verb]) return Promise.reject(new Error(`There is no element with the id "${id}" to ${verb}.`));
    return element[verb]();
  };
  const verbs = () => ({
    show: (id) => byId(id, 'show'),
    hide: (id) => byId(id, 'hide'),
    toggle: (id) => byId(id, 'toggle'),
  });
  const toasts = new Map();
  inbox['toast-action'] = ({ id }) => toasts.get(id)?.onAction?.();
  inbox['toast-dismiss'] = ({ id }) => {
    toasts.get(id)?.onDismiss?.();
    toasts.delete(id);
  };

  window.shopify = {
    config,
    origin: location.origin,
    ready: Promise.resolve(),
    environment: { embedded, mobile: false, pos: false, intent: false },
    idToken: () => idToken(),
    user: () => ask('user'),
    loading: (on) => tell('loading', { on: on !== false }),
    toast: {
      show(message, { duration = 5000, isError = false, action = '', onAction, onDismiss } = {}) {
        questions += 1;
        const id = `toast-${questions}`;
        toasts.set(id, { onAction, onDismiss });
        tell('toast', { id, message: String(message), duration, isError, action });
        return id;
      },
      hide: (id) => tell('toast-hide', { id }),
    },
    modal: verbs(),
    saveBar: { ...verbs(), leaveConfirmation: () => (openBars.length ? ask('leave-confirmation') : Promise.resolve()) },
    resourcePicker: (options) => ask('resource-picker', { options: JSON.parse(JSON.stringify(options ?? {})) }),
  };

  // --- arriving

  const goIntoAdmin = () => {
    const path = location.pathname.replace(/^\/app(?=\/|$)/, '');
    location.replace(`${adminOrigin}/admin/store/${config.shop.replace(/\.myshopify\.com$/, '')}/apps/relance${path}`);
  };
  /** The bounce page: the app sent us here without a token and says where to go with one. */
  const bounceBack = async (target) => {
    const url = new URL(target, location.origin);
    if (url.origin !== location.origin) return;
    url.searchParams.set('id_token', await idToken({ fresh: true }));
    location.replace(url);
  };
  if (!embedded && query.get('shop') && query.get('host')) goIntoAdmin();
  else if (query.get('shopify-reload')) bounceBack(query.get('shopify-reload'));
  else {
    tell('ready');
    reportPath();
  }
})();
