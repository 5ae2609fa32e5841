// The records by which a domain or its links are proven, and whether DNS has them. Shared by domain authentication and link branding.
import type { DnsTable } from './dns';

export interface Proof {
  valid: boolean;
  host: string;
  data: string;
}

export interface ProofResult {
  valid: boolean;
  reason: string | null;
}

/** Looks each record up, keeps on it whether it is right, and says why where it is not. */
export function lookUp<Name extends string>(
  dns: DnsTable,
  proofs: Record<Name, Proof>,
): { valid: boolean; results: Record<Name, ProofResult> } {
  const results = Object.fromEntries(
    Object.entries<Proof>(proofs).map(([name, proof]) => {
      const reason = whyWrong(dns, proof);
      proof.valid = reason === null;
      return [name, { valid: proof.valid, reason }];
    }),
  ) as Record<Name, ProofResult>;
  return { valid: Object.values<ProofResult>(results).every((one) => one.valid), results };
}

function whyWrong(dns: DnsTable, { host, data }: Proof): string | null {
  const [found] = dns.read(host, 'cname');
  if (found === undefined) return `Expected CNAME for "${host}" to match "${data}.".`;
  return found === data ? null : `Expected CNAME for "${host}" to match "${data}." but found "${found}.".`;
}

/** As the API shows them. */
export function shown<Name extends string>(proofs: Record<Name, Proof>): object {
  return Object.fromEntries(
    Object.entries<Proof>(proofs).map(([name, { valid, host, data }]) => [name, { valid, type: 'cname', host, data }]),
  );
}
