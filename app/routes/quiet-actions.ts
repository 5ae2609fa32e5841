/** Which of a scenario page's posts change nothing that is live: they come with every pause in typing, so nothing is read anew for them. Asked by what that page reads. */
import type { ShouldRevalidateFunctionArgs } from '@remix-run/react';

const QUIET = /\/(preview|draft|checks|share|test)$/;

/** As `shouldRevalidate` of what only a save, a switch or a command changes. */
export function unlessQuiet({ formAction, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  return QUIET.test(formAction ?? '') ? false : defaultShouldRevalidate;
}
