/**
 * The import rules of the code, checked by `npm test` and `npm run check`. Imports run one way:
 * routes, worker -> deps -> pipeline -> scenarios | emails | store | queue | gateways | ui -> domain -> lib.
 * The e-mail editor stands between the routes and what it puts together: emails and ui.
 */

/** Folders of one height: they do not import each other. */
const SIBLINGS = ['scenarios', 'emails', 'store', 'queue', 'gateways', 'ui'];

/** A test may reach for whatever it proves its subject against; the rules are about what runs. */
const TESTS = '\\.test\\.tsx?$';

/** The words of the admin and the e-mails may be read at the heights that show or send them. */
const WORDS = '^app/i18n/';

const SIDE_BY_SIDE = SIBLINGS.map((name) => ({
  name: `${name}-leaves-its-siblings-alone`,
  comment: 'What two siblings need together is put together by the pipeline; what both speak of belongs in domain.',
  severity: 'error',
  from: { path: `^app/${name}/`, pathNot: TESTS },
  to: {
    path: `^app/(${SIBLINGS.filter((other) => other !== name).join('|')})/`,
    // A prebuilt e-mail is data beside its scenario; its type is the e-mails' own.
    ...(name === 'scenarios' ? { dependencyTypesNot: ['type-only'] } : {}),
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'lib-stands-alone',
      severity: 'error',
      from: { path: '^app/lib/', pathNot: TESTS },
      to: { path: '^app/(?!lib/)' },
    },
    {
      name: 'domain-imports-lib-alone',
      comment: 'Decisions are pure: no framework, no row, no promise.',
      severity: 'error',
      from: { path: '^app/domain/', pathNot: TESTS },
      to: { pathNot: '^app/(domain|lib)/' },
    },
    ...SIDE_BY_SIDE,
    {
      name: 'the-editor-puts-emails-and-ui-together',
      comment: 'It runs in the browser; only the routes show it.',
      severity: 'error',
      from: { path: '^app/editor/', pathNot: TESTS },
      to: { path: '^app/(?!editor/|emails/|ui/|domain/|lib/|i18n/)' },
    },
    {
      name: 'only-routes-show-the-editor',
      severity: 'error',
      from: { path: '^app/(?!editor/|routes/)' },
      to: { path: '^app/editor/' },
    },
    {
      name: 'nothing-below-imports-the-pipeline',
      severity: 'error',
      from: { path: `^app/(${SIBLINGS.join('|')}|i18n)/` },
      to: { path: '^app/(pipeline|routes)/|^app/(deps\\.server|worker|web|root|shopify\\.server)\\.' },
    },
    {
      name: 'pipeline-imports-down',
      severity: 'error',
      from: { path: '^app/pipeline/' },
      to: { path: '^app/routes/|^app/(deps\\.server|worker|web|root|shopify\\.server)\\.' },
    },
    {
      name: 'words-import-nothing-above-domain',
      severity: 'error',
      from: { path: WORDS, pathNot: TESTS },
      to: { path: `^app/(${SIBLINGS.join('|')})/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-app-does-not-know-its-test-bed',
      severity: 'error',
      from: { path: '^app/', pathNot: TESTS },
      to: { path: '^(sandbox|scripts|tests|bench|chaos)/' },
    },
    {
      name: 'the-sandbox-does-not-know-the-app',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(app|scripts|tests|bench|chaos)/' },
    },
    {
      name: 'production-uses-no-development-package',
      severity: 'error',
      from: { path: '^app/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|node_modules/.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
