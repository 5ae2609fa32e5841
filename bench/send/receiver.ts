/**
 * The receiver of `send`, for the app and the baseline alike: the sandbox's SendGrid with all its checks, in a process of
 * its own. Its events are held back, as their way into the app is not measured here. `GET /bench` tells what it took.
 */
import { createRouter } from '../../sandbox/http/router';
import { sendgridOf } from '../../sandbox/sendgrid/part';
import { registerSendgrid } from '../../sandbox/sendgrid/register';
import { announceReady } from '../../scripts/local/announce-ready';
import { need } from '../../scripts/local/need';
import { benchSettings } from '../app-process';

export interface Received {
  /** Recipients whose mail was taken. */
  messages: number;
  /** Different message ids among those that carry one: a repeat would be a second send. */
  ids: number;
  requests: number;
  refused: number;
  /** What this process took of the machine so far. */
  cpuSeconds: number;
}

const host = {
  url: `http://${need('HOST')}:${need('PORT')}`,
  options: {
    appUrl: `http://${need('HOST')}:${need('PORT')}`,
    sendgrid: { apiKey: benchSettings().sendgrid.apiKey, verifiedSenders: [benchSettings().sendgrid.senderEmail] },
  },
  clock: { now: () => Date.now() },
};
const app = createRouter();
const { close } = registerSendgrid(app, host);
const { state } = sendgridOf(host);
state.faults.events.hold = true;

app.get('/bench', (request, response) => {
  const { messages, counts } = state;
  const { user, system } = process.cpuUsage();
  const ids = request.query.ids ? new Set(messages.map(({ customArgs }) => customArgs.message)).size : 0;
  response.json({
    messages: messages.length,
    ids,
    requests: counts.requests,
    refused: counts.refused,
    cpuSeconds: (user + system) / 1e6,
  } satisfies Received);
});

const server = app.listen(Number(need('PORT')), need('HOST'), () => {
  announceReady(async () => {
    server.closeAllConnections();
    server.close();
    await close();
  });
});
