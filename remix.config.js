/**
 * The Remix options. `vite.config.ts` hands them to Remix's Vite plugin, which does not read this file by itself.
 * @type {import('@remix-run/dev').VitePluginConfig}
 */
export default {
  appDirectory: 'app',
  // The process bundle beside it (`index.js`, see vite.processes.config.ts) loads this one when it starts.
  serverBuildFile: 'remix.js',
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_routeConfig: true,
    v3_singleFetch: true,
    v3_lazyRouteDiscovery: true,
  },
};
