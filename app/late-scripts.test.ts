import { expect, test } from 'vitest';
import { withLateScripts } from './late-scripts';

test('scripts of the page wait for the picture, and nothing else of the document changes', () => {
  const sent =
    '<p>a < b, é</p><link rel="modulepreload" href="/a.js"/><link rel="modulepreload" href="/b.js"/><script>1</script><script type="module" async="">import "/a.js";</script></body>';
  expect(withLateScripts(sent)).toBe(
    '<p>a < b, é</p><link rel="late-modulepreload" href="/a.js"/><link rel="late-modulepreload" href="/b.js"/><script>1</script><script type="text/late-module">import "/a.js";</script></body>',
  );
});
