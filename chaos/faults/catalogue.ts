/** Every fault there is. */
import type { Fault } from '../storm';
import { POSTGRES_FAULTS } from './postgres';
import { PROCESS_FAULTS } from './processes';
import { SENDGRID_FAULTS } from './sendgrid';
import { SHOPIFY_FAULTS } from './shopify';

export const FAULTS: readonly Fault[] = [...PROCESS_FAULTS, ...POSTGRES_FAULTS, ...SENDGRID_FAULTS, ...SHOPIFY_FAULTS];
