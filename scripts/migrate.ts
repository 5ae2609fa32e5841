/** `npm run migrate`: brings the database at OWNER_DATABASE_URL up to date. The demo and the tests do it by themselves. */
import { migrate } from '../app/migrate';

const ownerUrl = process.env.OWNER_DATABASE_URL;
if (!ownerUrl) throw new Error('OWNER_DATABASE_URL is not set: postgres://… of the role that owns the tables.');
await migrate({ ownerUrl });
process.stdout.write('The database is up to date.\n');
