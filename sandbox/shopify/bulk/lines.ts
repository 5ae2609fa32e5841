// Cuts the nested answer of a bulk query into JSONL lines: each node of a connection on its own line, children with `__parentId`.
import type { ConnectionPlan } from './plan';

type Json = Record<string, unknown>;

export interface BulkLines {
  roots: number;
  /** Every line of one window: roots, then children. */
  lines: string[];
}

/** With `grouped` each root is followed by its children; without, all roots of the window come first (Shopify promises no order then). */
export function bulkLines(data: Json, plans: ConnectionPlan[], grouped: boolean): BulkLines {
  const lines: string[] = [];
  const late: string[] = [];
  let roots = 0;
  for (const plan of plans) {
    for (const node of nodesAt(data, plan.path)) {
      roots += 1;
      writeNode(node, plan, null, lines, grouped ? lines : late);
    }
  }
  return { roots, lines: grouped ? lines : [...lines, ...late] };
}

function writeNode(node: Json, plan: ConnectionPlan, parentId: unknown, own: string[], below: string[]): void {
  const children = plan.children.map((child) => ({ child, nodes: nodesAt(node, child.path) }));
  for (const { child } of children) cut(node, child.path);
  own.push(JSON.stringify(parentId === null ? node : { ...node, __parentId: parentId }));
  for (const { child, nodes } of children) {
    for (const inner of nodes) writeNode(inner, child, node.id, below, below);
  }
}

function nodesAt(from: Json, path: string[]): Json[] {
  let at: unknown = from;
  for (const key of path) at = isJson(at) ? at[key] : undefined;
  if (!isJson(at)) return [];
  if (Array.isArray(at.nodes)) return at.nodes.filter(isJson);
  if (!Array.isArray(at.edges)) return [];
  return at.edges.flatMap((edge) => (isJson(edge) && isJson(edge.node) ? [edge.node] : []));
}

/** Removes the connection from its parent; an object that held nothing else goes too. */
function cut(from: Json, path: string[]): void {
  const [key = '', ...rest] = path;
  const inner = from[key];
  if (rest.length === 0) delete from[key];
  else if (isJson(inner)) {
    cut(inner, rest);
    if (Object.keys(inner).length === 0) delete from[key];
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
