/** Every prebuilt e-mail, by the scenario it belongs to. */
import type { ScenarioKey } from '../domain/scenario';
import type { EmailContent } from '../emails/content';
import { abandonedCheckoutEmails } from './abandoned-checkout/emails';
import { birthdayEmails } from './birthday/emails';
import { vipEmails } from './vip/emails';
import { welcomeEmails } from './welcome/emails';
import { winBackEmails } from './win-back/emails';

export const PREBUILT_EMAILS: Record<ScenarioKey, readonly EmailContent[]> = {
  welcome: welcomeEmails,
  'abandoned-checkout': abandonedCheckoutEmails,
  birthday: birthdayEmails,
  'win-back': winBackEmails,
  vip: vipEmails,
};
