/** Any other address: nothing is there. */
export function loader() {
  throw new Response('Not found', { status: 404 });
}

export default function Nowhere() {
  return null;
}

export function ErrorBoundary() {
  return <p>404</p>;
}
