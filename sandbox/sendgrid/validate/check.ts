// Small plain-code checks shared by the mail validation: fast enough for thousands of envelopes a second.
import { type ApiError, fieldError } from '../api-error';

export type Json = Record<string, unknown>;

/** Collects refusals in the order they are found. */
export class Findings {
  readonly errors: ApiError[] = [];
  report(field: string, message: string): void {
    this.errors.push(fieldError(field, message));
  }
}

export function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

export function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}

const LOCAL = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const ADDRESS = new RegExp(`^${LOCAL}(?:\\.${LOCAL})*@(?:${LABEL}\\.)+${LABEL}$`, 'i');

/** An address as the contract's `format: email` means it: ASCII dot-atom at a dotted host name. */
export function isEmail(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 1000 && ADDRESS.test(value);
}

export function isAscii(value: string): boolean {
  for (let i = 0; i < value.length; i += 1) if (value.charCodeAt(i) > 126 || value.charCodeAt(i) < 32) return false;
  return true;
}

/** Bytes of all names and values together, as SendGrid counts substitutions and custom arguments. */
export function byteSize(values: Json): number {
  let size = 0;
  for (const key in values) size += Buffer.byteLength(key) + Buffer.byteLength(String(values[key]));
  return size;
}

export function allStrings(values: Json): boolean {
  for (const key in values) if (typeof values[key] !== 'string') return false;
  return true;
}
