/** What a page sends to switch a scenario; checked by the actions of the list and of the scenario's own page. */
import { z } from 'zod';
import { SCENARIO_KEYS } from '../domain/scenario';

export const switchIntent = z.object({ intent: z.literal('switch'), key: z.enum(SCENARIO_KEYS), on: z.boolean() });
