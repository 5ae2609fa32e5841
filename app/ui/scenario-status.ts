/** How a scenario stands, in one word for its badge. Used wherever a scenario is listed. */
export type ScenarioStatus = 'on' | 'off' | 'sender-missing' | 'address-missing' | 'paused' | 'stopped';

/** @param sender what is missing before anything can be sent, or `ready` */
export function scenarioStatus(input: {
  on: boolean;
  paused: boolean;
  /** Too much came back or was called spam. */
  stopped: boolean;
  sender: 'ready' | 'sender-missing' | 'address-missing';
}): ScenarioStatus {
  if (!input.on) return 'off';
  if (input.sender !== 'ready') return input.sender;
  if (input.paused) return 'paused';
  return input.stopped ? 'stopped' : 'on';
}
