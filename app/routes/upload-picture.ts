/** Sends a picture to the route that keeps it in the shop's files. Used where a picture is chosen: the e-mail editor, the logo. */
import { z } from 'zod';
import { PICTURE_REFUSALS, type PictureAnswer } from '../ui/picture-field';

const answerShape = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), picture: z.object({ url: z.string(), width: z.number(), height: z.number() }) }),
  z.object({ ok: z.literal(false), code: z.enum(PICTURE_REFUSALS) }),
]);

/** Never rejects: no network is a refusal as well. */
export async function uploadPicture(file: File, alt: string): Promise<PictureAnswer> {
  try {
    const query = new URLSearchParams({ name: file.name, alt });
    const answer = await fetch(`/app/pictures?${query}`, { method: 'POST', body: file });
    const parsed = answerShape.safeParse(await answer.json());
    return parsed.success ? parsed.data : { ok: false, code: 'failed' };
  } catch {
    return { ok: false, code: 'failed' };
  }
}
