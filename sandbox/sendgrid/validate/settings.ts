// What SendGrid refuses in asm, pools, batch and template ids, mail settings and tracking settings.
import { type Findings, isObject, type Json } from './check';

type Kind = 'boolean' | 'string';
type Shape = Record<string, Record<string, Kind>>;

const MAIL_SETTINGS: Shape = {
  bypass_list_management: { enable: 'boolean' },
  bypass_spam_management: { enable: 'boolean' },
  bypass_bounce_management: { enable: 'boolean' },
  bypass_unsubscribe_management: { enable: 'boolean' },
  footer: { enable: 'boolean', text: 'string', html: 'string' },
  sandbox_mode: { enable: 'boolean' },
};
const TRACKING_SETTINGS: Shape = {
  click_tracking: { enable: 'boolean', enable_text: 'boolean' },
  open_tracking: { enable: 'boolean', substitution_tag: 'string' },
  subscription_tracking: { enable: 'boolean', text: 'string', html: 'string', substitution_tag: 'string' },
  ganalytics: {
    enable: 'boolean',
    utm_source: 'string',
    utm_medium: 'string',
    utm_term: 'string',
    utm_content: 'string',
    utm_campaign: 'string',
  },
};

function checkShape(found: Findings, field: string, value: unknown, shape: Shape): void {
  if (value === undefined) return;
  if (!isObject(value)) {
    found.report(field, `The ${field} must be an object.`);
    return;
  }
  for (const [name, members] of Object.entries(shape)) {
    const setting = value[name];
    if (setting === undefined) continue;
    if (!isObject(setting)) {
      found.report(`${field}.${name}`, `The ${name.replaceAll('_', ' ')} setting must be an object.`);
      continue;
    }
    for (const [member, kind] of Object.entries(members)) {
      if (setting[member] !== undefined && typeof setting[member] !== kind) {
        found.report(
          `${field}.${name}.${member}`,
          `The ${name.replaceAll('_', ' ')} ${member} param should be a ${kind} value.`,
        );
      }
    }
  }
}

export function checkMailSettings(found: Findings, settings: unknown): void {
  checkShape(found, 'mail_settings', settings, MAIL_SETTINGS);
  if (!isObject(settings)) return;
  const on = (name: string): boolean => {
    const setting = settings[name];
    return isObject(setting) && setting.enable === true;
  };
  const others = ['bypass_spam_management', 'bypass_bounce_management', 'bypass_unsubscribe_management'];
  if (on('bypass_list_management') && others.some(on)) {
    found.report(
      'mail_settings.bypass_list_management',
      'The bypass_list_management filter cannot be combined with any other bypass filters.',
    );
  }
}

export function checkTrackingSettings(found: Findings, settings: unknown): void {
  checkShape(found, 'tracking_settings', settings, TRACKING_SETTINGS);
}

export function checkAsm(found: Findings, asm: unknown): void {
  if (asm === undefined) return;
  const { group_id: groupId, groups_to_display: groups } = isObject(asm) ? asm : ({} as Json);
  if (!Number.isInteger(groupId)) found.report('asm.group_id', 'The ASM group ID must be an integer.');
  if (groups === undefined) return;
  if (!Array.isArray(groups) || groups.some((id) => !Number.isInteger(id))) {
    found.report('asm.groups_to_display', 'The ASM Group IDs to display must be an array of integers.');
  } else if (groups.length > 25) {
    found.report(
      'asm.groups_to_display',
      'There is a limit of 25 unsubscribe groups that can be displayed to a user at a time.',
    );
  }
}

export function checkIds(found: Findings, body: Json): void {
  const { batch_id: batch, ip_pool_name: pool, template_id: template } = body;
  if (batch !== undefined && typeof batch !== 'string') found.report('batch_id', 'The batch_id must be a string.');
  if (pool !== undefined && typeof pool !== 'string')
    found.report('ip_pool_name', 'The name of your IP pool must be a string.');
  else if (typeof pool === 'string' && ([...pool].length < 2 || [...pool].length > 64)) {
    found.report('ip_pool_name', `The IP Pool name must be a valid pool name for your account. You provided ${pool}.`);
  }
  if (template === undefined) return;
  if (typeof template !== 'string')
    found.report('template_id', `The template ID must be a string, you provided ${String(template)}.`);
  // The sandbox's account holds no templates: the app brings its own content.
  else
    found.report(
      'template_id',
      `The Template ID must be a valid template id for your account. You provided ${template}.`,
    );
}
