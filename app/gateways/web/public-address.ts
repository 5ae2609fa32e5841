/**
 * Which addresses of the internet anybody can reach: everything else (this machine, its networks, a cloud's own services) must not be
 * asked for somebody who only typed a link. From IANA's registries of special-purpose addresses. Used by `look-at-address`.
 */
import { BlockList, isIP } from 'node:net';

const INWARD_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Of version 6 one range alone is handed out to the public; within it some carry another address inside, or are for examples. */
const OUTWARD_V6 = ['2000::/3'];
const INWARD_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

function listOf(ranges: readonly string[], version: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits = ''] = range.split('/');
    list.addSubnet(net, Number(bits), version);
  }
  return list;
}

const inwardV4 = listOf(INWARD_V4, 'ipv4');
const outwardV6 = listOf(OUTWARD_V6, 'ipv6');
const inwardV6 = listOf(INWARD_V6, 'ipv6');

/** @param address as DNS gives it, without brackets; what is no address is not public either */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !inwardV4.check(address, 'ipv4');
    case 6:
      return outwardV6.check(address, 'ipv6') && !inwardV6.check(address, 'ipv6');
    default:
      return false;
  }
}
