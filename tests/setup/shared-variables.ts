/** In these variables `npm test` tells its parts where Postgres and the app are, so that each is started once. */
export const SERVER_VARIABLE = 'RELANCE_TEST_SERVER';
export const STACK_VARIABLE = 'RELANCE_TEST_STACK';
