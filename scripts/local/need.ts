/** Reads variables that the starting script sets for the parts it starts. */
export function need(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. It is set by the script that starts this one.`);
  return value;
}
