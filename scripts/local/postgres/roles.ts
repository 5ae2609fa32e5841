/** The roles of the local database and the addresses to reach it by; none of the three is a superuser. */

/** One password per role; hex digits, so that they need no quoting in SQL or in an address. */
export interface Passwords {
  superuser: string;
  owner: string;
  app: string;
  worker: string;
}

export interface RoleUrls {
  owner: string;
  app: string;
  worker: string;
}

const DATABASE = 'relance';

/** SQL for the single-user mode of Postgres: one statement a line. */
export function roleStatements(passwords: Passwords): string {
  const role = (name: keyof RoleUrls) =>
    `CREATE ROLE relance_${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '${passwords[name]}';`;
  return `${role('owner')}\n${role('app')}\n${role('worker')}\nCREATE DATABASE ${DATABASE} OWNER relance_owner;\n`;
}

/** The addresses of a database for the three roles. */
export function roleUrls(options: { port: number; passwords: Passwords; database?: string }): RoleUrls {
  const { port, passwords, database = DATABASE } = options;
  const url = (name: keyof RoleUrls) => `postgres://relance_${name}:${passwords[name]}@127.0.0.1:${port}/${database}`;
  return { owner: url('owner'), app: url('app'), worker: url('worker') };
}

/** The address for the superuser, who makes and drops test databases. */
export function superuserUrl({ port, passwords }: { port: number; passwords: Passwords }): string {
  return `postgres://postgres:${passwords.superuser}@127.0.0.1:${port}/postgres`;
}
