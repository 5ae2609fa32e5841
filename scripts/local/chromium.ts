/**
 * Chromium from an npm package, ready to be driven by Playwright: no apt, no download. Used by the browser tests and by
 * the screenshots.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { cacheDir, projectRoot } from './paths';

const packageDir = join(projectRoot, 'node_modules', '@sparticuz', 'chromium');

/**
 * Unpacks where `TMPDIR` says, since the package knows no other way to be told: hence a process of its own. Its NSS
 * libraries (al2023) are unpacked too, so that the machine needs no libnss3.
 */
const UNPACK = `
  const { default: chromium, inflate } = await import('@sparticuz/chromium');
  await Promise.all([chromium.executablePath(), inflate(process.argv[1])]);
`;

/** Only the font that comes along: pages look the same on every machine. */
function fontSettings(dir: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(dir, 'fonts')}</dir>
  <cachedir>${join(dir, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

/** The folder with the unpacked browser; unpacks it (some 3 s, 210 MB) once per version. */
function unpackedDir(): string {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  const dir = join(cacheDir, `chromium-${version}`);
  if (existsSync(dir)) return dir;
  const unfinished = `${dir}-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const archive = join(packageDir, 'bin', 'al2023.tar.br');
  const args = ['--input-type=module', '--eval', UNPACK, archive];
  const result = spawnSync(process.execPath, args, {
    cwd: projectRoot,
    env: { ...process.env, TMPDIR: unfinished },
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`Chromium could not be unpacked:\n${result.stderr}`);
  writeFileSync(join(unfinished, 'fonts.conf'), fontSettings(dir));
  try {
    renameSync(unfinished, dir);
  } catch (error) {
    // Two parts of a test run may unpack at once; whoever comes second takes what is there.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(dir)) throw error;
  }
  return dir;
}

/** No sandbox: it cannot be had as root nor where user namespaces are closed. The rest keeps the browser off the network. */
const FLAGS = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication,CertificateTransparencyComponentUpdater',
  '--font-render-hinting=none',
  '--hide-scrollbars',
  '--metrics-recording-only',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
];

/** The package holds a Chromium for this platform only; elsewhere the Chrome of the machine has to do. */
const packaged = process.platform === 'linux' && process.arch === 'x64';

/** Starts a headless Chromium; close it with `browser.close()`. */
export async function launchBrowser(): Promise<Browser> {
  if (!packaged) return chromium.launch({ channel: 'chrome', args: FLAGS });
  const dir = unpackedDir();
  const libraries = [join(dir, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return chromium.launch({
    executablePath: join(dir, 'chromium'),
    args: FLAGS,
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(dir, 'fonts.conf') },
  });
}

/** Shopify's library answers 410 to what calls itself HeadlessChrome: contexts say what a person's Chrome says. */
export async function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const major = browser.version().split('.')[0];
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
  return browser.newContext({ userAgent, locale: 'en-US', timezoneId: 'UTC', ...options });
}
