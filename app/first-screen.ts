/**
 * Has the first screen painted before what lies below it is laid out. Part of the admin's document, in the head of `root`;
 * `admin.css` says what is left for later, and `BelowTheFold` marks it.
 */

/**
 * Not for whom comes back to a place further down, or to a named one: the page is as high as it will be at once. A tab
 * nobody looks at paints nothing: there it ends after half a second, as `run-late-scripts` begins.
 */
export const FIRST_SCREEN_FIRST = `(() => {
  if (location.hash || history.state?.key) return;
  const root = document.documentElement;
  root.dataset.firstScreen = '';
  const end = () => { delete root.dataset.firstScreen; };
  setTimeout(end, 500);
  new PerformanceObserver(end).observe({ type: 'paint', buffered: true });
})();`;
