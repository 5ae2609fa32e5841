/** Every fault there is. Those of one lane come one after the other; the lanes run side by side. */
import type { RoundKind } from '../night';
import type { Fault } from '../storm';
import { POSTGRES_FAULTS } from './postgres';
import { PROCESS_FAULTS } from './processes';
import { SENDGRID_FAULTS } from './sendgrid';
import { SHOPIFY_FAULTS } from './shopify';

/** What runs here, and whom it talks to. */
export const LANES: readonly (readonly Fault[])[] = [
  [...PROCESS_FAULTS, ...POSTGRES_FAULTS],
  [...SENDGRID_FAULTS, ...SHOPIFY_FAULTS],
];

export const FAULTS: readonly Fault[] = LANES.flat();

/** Rounds that are a trouble by themselves. */
export const NIGHTS: readonly RoundKind[] = ['midnight-in-the-shop', 'daylight-saving-night'];

/** All that a result counts hits of. */
export const FAULT_NAMES: readonly string[] = [...FAULTS.map(({ name }) => name), ...NIGHTS];
