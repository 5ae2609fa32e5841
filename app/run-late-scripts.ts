/** Starts what `late-scripts` held back, in the browser, after the first picture. Part of the document, in `root`. */

/**
 * A tab nobody looks at paints nothing: there it starts after half a second. What is added leaves again at once, since React
 * finds the document as it was sent.
 */
export const RUN_LATE_SCRIPTS = `(() => {
  let started = false;
  const start = () => {
    if (started) return;
    started = true;
    for (const late of document.querySelectorAll('script[type="text/late-module"]')) {
      const script = document.createElement('script');
      script.type = 'module';
      script.textContent = late.textContent;
      document.body.append(script);
      script.remove();
    }
  };
  requestAnimationFrame(() => requestAnimationFrame(start));
  setTimeout(start, 500);
})();`;
