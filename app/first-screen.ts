/**
 * Has the head of a page and its first screen painted before what lies below them is laid out. Part of the admin's document,
 * in the head of `root`; `admin.css` says what is left for later, and `BelowTheFold` marks most of it.
 */

/**
 * Not for whom comes to a named place: the page is as high as it will be at once. A tab nobody looks at paints nothing:
 * there it ends after two seconds.
 */
export const FIRST_SCREEN_FIRST = `(() => {
  if (location.hash) return;
  const root = document.documentElement;
  root.dataset.firstScreen = '';
  const end = () => { delete root.dataset.firstScreen; };
  setTimeout(end, 2000);
  new PerformanceObserver(end).observe({ type: 'paint', buffered: true });
})();`;
