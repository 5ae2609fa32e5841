/** What the scenes have in common: a story of its own with one outcome, beside the rounds of faults in `run.ts`. */

/** Figures of one scene, printed as one line of JSON; `clean` is what `npm run chaos -- --scene` ends by. */
export interface SceneResult {
  scene: string;
  clean: boolean;
  [figure: string]: string | number | boolean;
}

export interface SceneOptions {
  /** A part of the full size, above 0 and at most 1: a quick look, or a test. */
  size?: number | undefined;
  /** Leaves out the guard the scene is about, to prove that the scene sees what it looks for. */
  unguarded?: boolean | undefined;
  /** One line for a person about what happens. */
  say?: ((line: string) => void) | undefined;
}

export type Scene = (options: SceneOptions) => Promise<SceneResult>;
