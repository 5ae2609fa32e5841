/** Starts what `late-scripts` held back, in the browser, after the first picture. Part of the document, in `root`. */

/**
 * The browser tells of the first picture once it is shown. A tab nobody looks at shows none: there it starts after half a
 * second. The script that is added leaves again at once, since React finds the document as it was sent.
 */
export const RUN_LATE_SCRIPTS = `(() => {
  let started = false;
  const start = () => {
    if (started) return;
    started = true;
    for (const link of document.querySelectorAll('link[rel="late-modulepreload"]')) link.rel = 'modulepreload';
    for (const late of document.querySelectorAll('script[type="text/late-module"]')) {
      const script = document.createElement('script');
      script.type = 'module';
      script.textContent = late.textContent;
      document.body.append(script);
      script.remove();
    }
  };
  setTimeout(start, 500);
  new PerformanceObserver(start).observe({ type: 'paint', buffered: true });
})();`;
