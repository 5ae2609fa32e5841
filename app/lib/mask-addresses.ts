/** Takes e-mail addresses out of a text. The logger passes everything through it: what others tell us may quote one. */

const ADDRESS = /[\p{L}\p{N}.!#$%&'*+=?^_{|}~-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/gu;

export function maskAddresses(text: string): string {
  return text.includes('@') ? text.replaceAll(ADDRESS, '…@…') : text;
}
