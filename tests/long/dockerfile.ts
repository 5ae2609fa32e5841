/** Reads the Dockerfile as a list of stages, for the stand-in that carries out its steps without Docker. */

export type Step =
  | { kind: 'copy'; from: string | undefined; sources: string[]; target: string }
  | { kind: 'run'; command: string };

export interface Stage {
  base: string;
  name: string | undefined;
  env: Record<string, string>;
  steps: Step[];
  user: string | undefined;
  /** Arguments of CMD and of the health check's CMD. */
  command: string[] | undefined;
  health: string[] | undefined;
}

function parseCopy(rest: string): Step {
  const words = rest.split(/\s+/);
  const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
  return { kind: 'copy', from, sources: words.slice(0, -1), target: words.at(-1) ?? '.' };
}

function parseFrom(rest: string): Stage {
  const [base = '', , name] = rest.split(/\s+/);
  return { base, name, env: {}, steps: [], user: undefined, command: undefined, health: undefined };
}

function addTo(stage: Stage, instruction: string, rest: string): void {
  if (instruction === 'COPY') stage.steps.push(parseCopy(rest));
  else if (instruction === 'RUN') stage.steps.push({ kind: 'run', command: rest });
  else if (instruction === 'ENV')
    Object.assign(stage.env, Object.fromEntries(rest.split(/\s+/).map((pair) => pair.split('='))));
  else if (instruction === 'USER') stage.user = rest;
  else if (instruction === 'CMD') stage.command = JSON.parse(rest) as string[];
  else if (instruction === 'HEALTHCHECK') stage.health = JSON.parse(rest.slice(rest.indexOf('['))) as string[];
  else if (instruction === 'WORKDIR' && rest === '/app') return;
  else if (instruction === 'EXPOSE') return;
  else throw new Error(`The stand-in does not know "${instruction} ${rest}".`);
}

/** Only the instructions our Dockerfile uses; any other throws, so that the stand-in cannot silently skip one. */
export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (!line || line.startsWith('#')) continue;
    const [, instruction = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    const last = stages.at(-1);
    if (instruction === 'FROM') stages.push(parseFrom(rest));
    else if (last) addTo(last, instruction, rest);
  }
  return stages;
}
