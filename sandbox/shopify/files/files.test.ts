import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePng } from '../../pictures/png';
import { startTestSandbox, type TestSandbox } from '../test-sandbox';

const shop = 'file-shop.myshopify.com';
let test: TestSandbox;
let token: string;
const png = encodePng(30, 20, new Uint8ClampedArray(30 * 20 * 4).fill(200));

beforeAll(async () => {
  test = await startTestSandbox({ scopes: 'write_files' });
  for (const handle of ['file-shop', 'other-shop']) test.sandbox.context.actions.createShop({ handle });
  for (const domain of [shop, 'other-shop.myshopify.com']) test.sandbox.context.actions.installApp(domain);
  token = await test.offlineToken(shop);
});
afterAll(() => test.close());

interface Target {
  url: string;
  resourceUrl: string;
  parameters: { name: string; value: string }[];
}

async function target(input: object = {}): Promise<Target> {
  const answer = await test.graphql(
    shop,
    token,
    `mutation ($input: [StagedUploadInput!]!) {
      stagedUploadsCreate(input: $input) { stagedTargets { url resourceUrl parameters { name value } } userErrors { field message } }
    }`,
    { input: [{ filename: 'bag.png', mimeType: 'image/png', resource: 'IMAGE', httpMethod: 'POST', ...input }] },
  );
  const payload = answer.data?.stagedUploadsCreate as { stagedTargets: Target[] | null; userErrors: unknown[] };
  const [first] = payload.stagedTargets ?? [];
  if (!first) throw new Error(JSON.stringify(payload.userErrors));
  return first;
}

function post({ url, parameters }: Target, bytes: Buffer, change: Record<string, string> = {}): Promise<Response> {
  const form = new FormData();
  for (const { name, value } of parameters) form.append(name, change[name] ?? value);
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'bag.png');
  return fetch(url, { method: 'POST', body: form });
}

const create = async (originalSource: string, by = { shop, token }) =>
  (await test.graphql(
    by.shop,
    by.token,
    `mutation ($files: [FileCreateInput!]!) {
      fileCreate(files: $files) { files { id fileStatus alt ... on MediaImage { image { url } } } userErrors { code field } }
    }`,
    { files: [{ originalSource, alt: 'A bag', contentType: 'IMAGE' }] },
  )) as unknown as {
    data: {
      fileCreate: { files: { id: string; fileStatus: string; image: null }[] | null; userErrors: object[] };
    } | null;
    errors?: { message: string }[];
  };

interface Media {
  fileStatus: string;
  fileErrors: { code: string }[];
  image: { url: string; width: number; height: number } | null;
}

const read = async (id: string) => {
  const text = `query ($id: ID!) { node(id: $id) { ... on MediaImage { fileStatus fileErrors { code } image { url width height } } } }`;
  return (await test.graphql(shop, token, text, { id })).data?.node as Media;
};

async function stored(bytes: Buffer): Promise<string> {
  const place = await target();
  expect((await post(place, bytes)).status).toBe(201);
  const [file] = (await create(place.resourceUrl)).data?.fileCreate.files ?? [];
  // It takes a moment: at first nothing is to be seen.
  expect(file).toMatchObject({ fileStatus: 'UPLOADED', image: null });
  return file?.id ?? '';
}

describe('a picture for the shop’s files', () => {
  it('is uploaded, taken, and on the CDN a moment later', async () => {
    const id = await stored(png);
    await expect.poll(async () => (await read(id)).fileStatus, { timeout: 3000 }).toBe('READY');
    const { image } = await read(id);
    expect(image).toMatchObject({ width: 30, height: 20 });
    const file = await fetch(image?.url ?? '');
    expect([file.headers.get('content-type'), Buffer.from(await file.arrayBuffer())]).toEqual(['image/png', png]);
  });

  it('may be sent by PUT too, to an address of its own', async () => {
    const place = await target({ httpMethod: 'PUT' });
    const send = (url: string, type: string) =>
      fetch(url, { method: 'PUT', headers: { 'content-type': type }, body: new Uint8Array(png) });
    expect((await send(place.url.replace(/signature=.*/, 'signature=x'), 'image/png')).status).toBe(403);
    expect((await send(place.url, 'text/html')).status).toBe(403);
    expect((await send(place.url, 'image/png')).status).toBe(200);
    expect((await create(place.resourceUrl)).data?.fileCreate.userErrors).toEqual([]);
  });

  it('gets a name of its own where its name is taken', async () => {
    const ids = [await stored(png), await stored(png)];
    await expect.poll(async () => (await read(ids[1] ?? '')).fileStatus, { timeout: 3000 }).toBe('READY');
    const [one, other] = await Promise.all(ids.map(read));
    expect(one?.image?.url).not.toBe(other?.image?.url);
  });

  it('fails later when it is no picture', async () => {
    const id = await stored(Buffer.from('<svg onload="alert(1)"/>'));
    await expect.poll(async () => (await read(id)).fileStatus, { timeout: 3000 }).toBe('FAILED');
    expect((await read(id)).fileErrors).toEqual([{ code: 'UNSUPPORTED_IMAGE_FILE_TYPE' }]);
  });

  it('is refused with another type, another signature, before it was uploaded, and from another shop', async () => {
    const place = await target();
    expect((await create(place.resourceUrl)).data?.fileCreate.userErrors).toMatchObject([
      { code: 'INVALID_IMAGE_SOURCE_URL' },
    ]);
    expect((await post(place, png, { 'Content-Type': 'text/html' })).status).toBe(403);
    expect((await post(place, png, { 'x-goog-signature': 'x' })).status).toBe(403);
    await expect(target({ mimeType: 'image/svg+xml' })).rejects.toThrow('MIME type');
    expect((await post(place, png)).status).toBe(201);
    const other = { shop: 'other-shop.myshopify.com', token: await test.offlineToken('other-shop.myshopify.com') };
    expect((await create(place.resourceUrl, other)).data?.fileCreate.userErrors).toHaveLength(1);
    expect((await create('https://elsewhere.example/a.png')).data?.fileCreate.userErrors).toHaveLength(1);
  });

  it('needs the scope to write files', async () => {
    const { actions } = test.sandbox.context;
    actions.createShop({ handle: 'poor-shop' });
    const domain = 'poor-shop.myshopify.com';
    actions.installApp(domain, ['read_products']);
    const place = await target();
    const refused = await create(place.resourceUrl, { shop: domain, token: await test.offlineToken(domain) });
    expect(refused.errors?.[0]?.message).toMatch(/^Access denied for fileCreate field/);
  });
});
