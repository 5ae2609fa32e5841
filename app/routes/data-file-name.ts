/** What the file with a customer's data is called. Used by its page and by its download. */
export function dataFileName(requestId: string): string {
  return `customer-data-${requestId.replace(/[^\w-]/g, '')}.json`;
}
