/**
 * One page more for the audited web process: behind the same door and in the same frame as every other, with nothing on
 * it but its Polaris title. What every page costs at least is measured on it. The product does not know it.
 */
import { AppProvider, Page } from '@shopify/polaris';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

export const EMPTY_PAGE = 'audit-empty';

const markup = renderToStaticMarkup(
  <AppProvider i18n={{}}>
    <Page title="Empty" />
  </AppProvider>,
);
const props = { dangerouslySetInnerHTML: { __html: markup } };

/** A route module for the browser that needs no other: a React element is a plain object. */
const clientModule = `const props = ${JSON.stringify(props).replaceAll('<', '\\u003c')};
export default () => ({ $$typeof: Symbol.for('react.element'), type: 'div', key: null, ref: null, props, _owner: null });`;

/** In its own address, since there is no file of it. */
const SCRIPT = `data:text/javascript,${encodeURIComponent(clientModule)}`;

/** What Remix's bundle says of its routes, to the server and to the browser. */
export interface RemixBundle {
  routes: Record<string, object>;
  assets: { routes: Record<string, object> };
}

const place = { id: EMPTY_PAGE, parentId: 'admin', path: EMPTY_PAGE };

/** Adds the page to a bundle that was loaded but not served yet. */
export function addEmptyPage({ routes, assets }: RemixBundle): void {
  routes[EMPTY_PAGE] = { ...place, module: { default: () => createElement('div', props) } };
  assets.routes[EMPTY_PAGE] = {
    ...place,
    hasAction: false,
    hasLoader: false,
    hasClientAction: false,
    hasClientLoader: false,
    hasErrorBoundary: false,
    module: SCRIPT,
    imports: [],
    css: [],
  };
}
