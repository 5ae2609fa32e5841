// The admin page around the app's frame: draws the app's menu, title bar, save bar and toasts, hands out id tokens, and
// keeps the address bar in step. Talks with app-bridge.js; listens to the app's frame and origin only.
(() => {
  const data = JSON.parse(document.getElementById('host-data').textContent);
  const { words } = data;
  const frame = document.getElementById('app-frame');
  const $ = (id) => document.getElementById(id);
  const tell = (type, detail = {}) =>
    frame.contentWindow.postMessage({ appBridge: 1, type, ...detail }, data.appOrigin);
  const make = (tag, props = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), props);
    element.append(...children);
    return element;
  };

  // --- addresses: /admin/store/<handle>/apps/relance/<path> here, /app/<path> in the frame

  const toAdmin = (path) =>
    /^\/app(?=[/?#]|$)/.test(path) ? `${data.root}/apps/relance${path.replace(/^\/app/, '')}` : undefined;
  const hrefInAdmin = (href) =>
    toAdmin(new URL(href, data.appOrigin).pathname + new URL(href, data.appOrigin).search) ?? data.root;

  let unsaved = false;
  const dialog = ({ title, text, yes, no, critical = true }) =>
    new Promise((resolve) => {
      const box = make('dialog', { className: 'ask' });
      const answer = (value) => () => {
        box.close();
        box.remove();
        resolve(value);
      };
      const buttons = make('footer', {}, make('button', { textContent: no, onclick: answer(false) }));
      buttons.append(
        make('button', { textContent: yes, className: critical ? 'critical' : 'primary', onclick: answer(true) }),
      );
      box.append(make('h2', { textContent: title }), make('p', { textContent: text }), buttons);
      box.addEventListener('cancel', answer(false));
      document.body.append(box);
      box.showModal();
    });
  const mayLeave = () =>
    unsaved
      ? dialog({ title: words.leaveTitle, text: words.leaveText, yes: words.leave, no: words.stay })
      : Promise.resolve(true);

  /** Addresses of the real admin lead to ours; everything else that is http(s) is opened as it is. */
  const go = (address) => {
    const place =
      /^shopify:\/*admin(\/.*)?$/i.exec(address)?.[1] ??
      /^https:\/\/admin\.shopify\.com\/store\/[^/]+(\/.*)?$/.exec(address)?.[1] ??
      /^https:\/\/[^/]+\.myshopify\.com\/admin(\/.*)?$/.exec(address)?.[1];
    unsaved = false;
    if (place !== undefined) location.assign(data.root + place.replace(/^\/oauth\/install.*/, '/install'));
    else if (/^https?:\/\//.test(address)) location.assign(address);
  };

  // --- what the app asks for

  const fetchToken = async () => {
    const response = await fetch(`${data.root}/id-token`, { method: 'POST' });
    if (!response.ok) {
      showToast({ id: 'token', message: words.tokenFailed, isError: true, duration: 8000 });
      throw new Error(words.tokenFailed);
    }
    return (await response.json()).token;
  };

  let menu = [];
  let path = '/app';
  let title = { title: '', actions: [] };
  const sameFolder = (href) => {
    const target = new URL(href, data.appOrigin).pathname;
    const here = path.split('?')[0];
    return target === '/app' ? here === '/app' : here === target || here.startsWith(`${target}/`);
  };
  /** The app tells the same again with every move; what stands there already is not laid out anew. */
  const shown = {};
  const isShown = (part, looks) => {
    const now = JSON.stringify(looks);
    const same = shown[part] === now;
    shown[part] = now;
    return same;
  };
  const drawMenu = () => {
    const links = menu
      .filter((item) => !item.home)
      .map(({ href, label }) => ({ href, label, address: hrefInAdmin(href), isHere: sameFolder(href) }));
    if (isShown('menu', links)) return;
    $('app-menu').replaceChildren(
      ...links.map(({ href, label, address, isHere }) => {
        const link = make('a', { href: address, textContent: label });
        if (isHere) link.setAttribute('aria-current', 'page');
        link.addEventListener('click', (event) => openItem(event, href));
        return make('li', {}, link);
      }),
    );
  };
  const openItem = async (event, href) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    document.body.classList.remove('menu-open');
    if (!(await mayLeave())) return;
    setSaveBar({ open: false });
    tell('navigate', { href });
  };
  const drawTitle = () => {
    const current = menu.find((item) => !item.home && sameFolder(item.href));
    const heading = title.title || current?.label || 'Relance';
    if (isShown('title', { heading, actions: title.actions })) return;
    $('app-title').textContent = heading;
    document.title = `${heading} · Relance · ${data.shopName}`;
    $('app-actions').replaceChildren(
      ...title.actions.map((action) =>
        make('button', {
          textContent: action.label,
          className: action.variant === 'primary' ? (action.tone === 'critical' ? 'critical' : 'primary') : '',
          disabled: action.disabled || action.loading,
          onclick: () => tell('title-action', { index: action.index }),
        }),
      ),
    );
  };

  const setSaveBar = (bar) => {
    unsaved = bar.open;
    document.body.classList.toggle('saving', bar.open);
    const { save = {}, discard = {} } = bar;
    for (const [button, look, label] of [
      [$('save'), save, words.save],
      [$('discard'), discard, words.discard],
    ]) {
      button.textContent = look.label || label;
      button.disabled = Boolean(look.disabled || look.loading);
      button.classList.toggle('loading', Boolean(look.loading));
    }
    $('discard').dataset.ask = bar.confirmDiscard ? '1' : '';
  };
  $('save').addEventListener('click', () => tell('save-bar-action', { action: 'save' }));
  $('discard').addEventListener('click', async () => {
    const asks = $('discard').dataset.ask;
    const sure = { title: words.discardTitle, text: words.discardText, yes: words.discard, no: words.goOn };
    if (!asks || (await dialog(sure))) tell('save-bar-action', { action: 'discard' });
  });
  addEventListener('beforeunload', (event) => {
    if (unsaved) event.preventDefault();
  });

  const hideToast = (id) => document.querySelector(`[data-toast="${CSS.escape(id)}"]`)?.remove();
  const showToast = ({ id, message, isError, duration, action }) => {
    const box = make('div', { className: isError ? 'toast error' : 'toast' }, make('span', { textContent: message }));
    box.dataset.toast = id;
    if (action) box.append(make('button', { textContent: action, onclick: () => tell('toast-action', { id }) }));
    const close = make('button', { textContent: '×', ariaLabel: words.close });
    const end = () => {
      if (!box.isConnected) return;
      box.remove();
      tell('toast-dismiss', { id });
    };
    close.addEventListener('click', end);
    box.append(close);
    $('toasts').append(box);
    setTimeout(end, duration);
  };

  const pick = (options) =>
    new Promise((resolve) => {
      const chosen = new Map((options.selectionIds ?? []).map((entry) => [entry.id, entry]));
      const box = make('dialog', { className: 'ask picker' });
      const list = make('ul');
      const most = typeof options.multiple === 'number' ? options.multiple : Infinity;
      const search = make('input', { type: 'search', placeholder: words.search, ariaLabel: words.search });
      const end = (value) => () => {
        box.close();
        box.remove();
        resolve(value?.());
      };
      const draw = async () => {
        const asked = search.value;
        const params = new URLSearchParams({ type: options.type ?? 'product', q: asked, chosen: [...chosen.keys()] });
        const { items } = await (await fetch(`${data.root}/resources?${params}`)).json();
        if (search.value !== asked) return; // more was typed meanwhile
        list.replaceChildren(
          ...items.map((item) => {
            const many = options.multiple !== undefined && options.multiple !== false;
            // What was chosen before comes as an id alone, and is given back whole.
            if (chosen.has(item.id)) chosen.set(item.id, item);
            const mark = make('input', {
              type: many ? 'checkbox' : 'radio',
              name: 'pick',
              checked: chosen.has(item.id),
            });
            mark.addEventListener('change', () => {
              if (!many) chosen.clear();
              if (mark.checked) chosen.set(item.id, item);
              else chosen.delete(item.id);
              if (chosen.size > most) {
                chosen.delete(item.id);
                mark.checked = false;
              }
            });
            const picture = item.images[0]
              ? [make('img', { src: item.images[0].originalSrc, alt: '', width: 36, height: 36 })]
              : [];
            return make('li', {}, make('label', {}, mark, ...picture, item.title));
          }),
        );
      };
      search.addEventListener('input', draw);
      const buttons = make('footer', {}, make('button', { textContent: words.cancel, onclick: end() }));
      buttons.append(
        make('button', { textContent: words.choose, className: 'primary', onclick: end(() => [...chosen.values()]) }),
      );
      const title = options.type === 'collection' ? words.chooseCollections : words.chooseProducts;
      box.append(make('h2', { textContent: title }), search, list, buttons);
      box.addEventListener('cancel', end());
      document.body.append(box);
      box.showModal();
      draw();
    });

  const told = {
    ready: () => {
      clearTimeout(silence);
      $('silent').hidden = true;
      setSaveBar({ open: false });
    },
    path: (message) => {
      const mine = toAdmin(message.path);
      if (!mine) return;
      path = message.path;
      history.replaceState(null, '', mine);
      drawMenu();
      drawTitle();
    },
    nav: (message) => {
      menu = message.items;
      drawMenu();
      drawTitle();
    },
    title: (message) => {
      title = message;
      drawTitle();
    },
    'save-bar': setSaveBar,
    toast: showToast,
    'toast-hide': (message) => hideToast(message.id),
    loading: (message) => document.body.classList.toggle('loading', message.on),
    go: (message) => go(message.url),
  };
  const asked = {
    'id-token': fetchToken,
    user: () => ({ accountAccess: 'full' }),
    'leave-confirmation': async () => {
      if (!(await mayLeave())) throw new Error(words.unsaved);
    },
    'resource-picker': (message) => pick(message.options),
  };
  addEventListener('message', async (event) => {
    if (event.source !== frame.contentWindow || event.origin !== data.appOrigin || event.data?.appBridge !== 1) return;
    const { type, question } = event.data;
    if (question === undefined) return Object.hasOwn(told, type) ? told[type](event.data) : undefined;
    if (!Object.hasOwn(asked, type)) return tell('answer', { question, error: `The admin knows no "${type}".` });
    try {
      tell('answer', { question, value: await asked[type](event.data) });
    } catch (error) {
      tell('answer', { question, error: error.message });
    }
  });

  // --- this page's own controls

  $('menu-button').addEventListener('click', () => document.body.classList.toggle('menu-open'));
  $('shade').addEventListener('click', () => document.body.classList.remove('menu-open'));
  $('app-home').addEventListener('click', (event) => openItem(event, menu.find((item) => item.home)?.href ?? '/app'));
  $('language').addEventListener('change', async (event) => {
    if (await mayLeave()) {
      unsaved = false;
      event.target.form.elements.back.value = location.pathname + location.search;
      event.target.form.submit();
    }
  });
  const silence = setTimeout(() => {
    $('silent').hidden = false;
  }, 15_000);
  frame.src = data.launchUrl;
})();
