// Runs in the app's document once it is there: notes when it painted, what shifted, how soon it answers. What came before is
// buffered by the browser. Read by `visit.ts`.
(() => {
  const seen = { lcp: 0, largest: '', moments: '', shifts: [], interactions: {} };
  globalThis.relanceAudit = seen;
  const ended = (kind) =>
    Math.max(...performance.getEntriesByType('resource').map((one) => (one.name.endsWith(kind) ? one.responseEnd : 0)));
  const [document] = performance.getEntriesByType('navigation');
  const [painted] = performance.getEntriesByType('paint');
  const moments = {
    answer: document.responseStart,
    'whole document': document.responseEnd,
    parsed: document.domInteractive,
    styles: ended('.css'),
    scripts: ended('.js'),
    'scripts ran': document.domContentLoadedEventEnd,
    'first paint': painted?.startTime ?? 0,
  };
  seen.moments = Object.entries(moments)
    .map(([name, ms]) => `${name} ${Math.round(ms)}`)
    .join(', ');
  const nameOf = (node) => {
    const element = node?.nodeType === 1 ? node : node?.parentElement;
    return element
      ? `<${element.localName} class="${element.className}"> ${(element.textContent ?? '').slice(0, 40)}`
      : '';
  };
  const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
  const moved = ({ node, previousRect, currentRect }) =>
    `${nameOf(node)} from ${place(previousRect)} to ${place(currentRect)}`;
  const watch = (type, note, options) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...options });
  watch('largest-contentful-paint', ({ startTime, element }) => {
    seen.lcp = startTime;
    seen.largest = nameOf(element);
  });
  // A frame of the same site is laid out with the page around it before its styles are there; nobody sees that move.
  const shownAt = painted?.startTime ?? Number.POSITIVE_INFINITY;
  // What somebody pressed for is no shift. The browser knows so of a page and of a frame in a process of its own, as Shopify's
  // is; in a frame that shares its page's process, as ours does here, it never marks it: so the metric's own rule is applied here.
  const inputs = [];
  for (const kind of ['pointerdown', 'keydown'])
    addEventListener(kind, ({ timeStamp }) => inputs.push(timeStamp), { capture: true, passive: true });
  const wasAskedFor = (at) => inputs.some((input) => input <= at && at - input < 500);
  watch('layout-shift', ({ value, startTime, hadRecentInput, sources }) => {
    if (!hadRecentInput && !wasAskedFor(startTime) && startTime >= shownAt)
      seen.shifts.push({ at: startTime, value, what: sources.map(moved).join('; ') });
  });
  const answered = ({ interactionId, duration, name, target }) => {
    const before = seen.interactions[interactionId]?.ms ?? 0;
    if (interactionId && duration > before)
      seen.interactions[interactionId] = { ms: duration, what: `${name} ${nameOf(target)}` };
  };
  watch('event', answered, { durationThreshold: 16 });
  watch('first-input', answered);
})();
