/** What a browser test calls first: Chromium from npm, posing as a person's Chrome. */
export { launchBrowser, openContext } from '../../scripts/local/chromium';
