// The shape of an accepted `POST /v3/mail/send` body, as SendGrid names its fields. Everything after validation reads this.

export interface Address {
  email: string;
  name?: string;
}

export interface Personalization {
  to: Address[];
  cc?: Address[];
  bcc?: Address[];
  from?: Address;
  subject?: string;
  headers?: Record<string, string>;
  substitutions?: Record<string, string>;
  custom_args?: Record<string, string>;
  send_at?: number;
}

export interface ContentPart {
  type: string;
  value: string;
}

export interface AttachmentPart {
  content: string;
  filename: string;
  type?: string;
  disposition?: 'inline' | 'attachment';
  content_id?: string;
}

export interface Toggle {
  enable?: boolean;
}

export interface TrackingSettings {
  click_tracking?: Toggle & { enable_text?: boolean };
  open_tracking?: Toggle & { substitution_tag?: string };
  subscription_tracking?: Toggle & { text?: string; html?: string; substitution_tag?: string };
  ganalytics?: Toggle & {
    utm_source?: string;
    utm_medium?: string;
    utm_term?: string;
    utm_content?: string;
    utm_campaign?: string;
  };
}

export interface MailSettings {
  bypass_list_management?: Toggle;
  bypass_spam_management?: Toggle;
  bypass_bounce_management?: Toggle;
  bypass_unsubscribe_management?: Toggle;
  footer?: Toggle & { text?: string; html?: string };
  sandbox_mode?: Toggle;
}

export interface MailRequest {
  personalizations: Personalization[];
  from: Address;
  reply_to?: Address;
  reply_to_list?: Address[];
  subject?: string;
  content?: ContentPart[];
  attachments?: AttachmentPart[];
  headers?: Record<string, string>;
  categories?: string[];
  /** The published contract says a string, SendGrid's own client sends an object: both are taken. */
  custom_args?: Record<string, string> | string;
  sections?: Record<string, string>;
  send_at?: number;
  mail_settings?: MailSettings;
  tracking_settings?: TrackingSettings;
}

/** The message-level custom arguments as an object, whichever of the two forms they came in. */
export function messageArgs(request: MailRequest): Record<string, string> | undefined {
  if (typeof request.custom_args !== 'string') return request.custom_args;
  try {
    const parsed: unknown = JSON.parse(request.custom_args);
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)
      ? (parsed as Record<string, string>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Custom arguments of one envelope: the message's, overridden by the personalization's. */
export function mergedArgs(request: MailRequest, personalization: Personalization): Record<string, string> {
  const shared = messageArgs(request);
  if (shared === undefined) return personalization.custom_args ?? {};
  return { ...shared, ...personalization.custom_args };
}
