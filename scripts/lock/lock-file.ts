/** What we look at in package-lock.json; used by the test of that file and by `npm run lock`. */

export interface LockEntry {
  version?: string;
  resolved?: string;
  integrity?: string;
  optional?: boolean;
  dev?: boolean;
  license?: string;
  engines?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

export interface LockFile {
  packages: Record<string, LockEntry>;
}

/** An optional package that some package asks for and the lock file does not have. */
export interface MissingOptional {
  askedBy: string;
  name: string;
  version: string;
}

/** The folders Node looks in for a package that the one at `place` imports, nearest first. */
function searched(place: string): string[] {
  const end = place.lastIndexOf('/node_modules/');
  if (place === '') return [''];
  return [`${place}/`, ...searched(end < 0 ? '' : place.slice(0, end))];
}

function resolves({ packages }: LockFile, place: string, name: string): boolean {
  return searched(place).some((folder) => packages[`${folder}node_modules/${name}`] !== undefined);
}

/**
 * `npm ci` refuses a lock file that lacks an optional package, even one for another platform; npm leaves one out when the
 * registry at hand did not have it.
 */
export function missingOptionals(lock: LockFile): MissingOptional[] {
  return Object.entries(lock.packages).flatMap(([askedBy, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !resolves(lock, askedBy, name))
      .map(([name, version]) => ({ askedBy, name, version })),
  );
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];
const C_LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' } as const;

/**
 * The entry of a platform package, read off its name (`…-linux-arm64-musl`). It has no checksum, which npm then takes
 * from the registry at the moment that platform installs it. Undefined when the name tells no platform.
 */
export function platformEntry({ name, version }: MissingOptional, dev: boolean): LockEntry | undefined {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-');
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os || !cpu || !/^\d/.test(version)) return undefined;
  const library = os === 'linux' ? Object.entries(C_LIBRARIES).find(([word]) => words.includes(word)) : undefined;
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(library ? { libc: [library[1]] } : {}),
    optional: true,
    os: [os],
  };
}
