/** What a picture of the owner's may be: asked in the browser before it is sent, and again where it is stored. */

/** Larger ones make an e-mail slow on a phone, and some programs leave them out. */
export const MOST_PICTURE_BYTES = 1_000_000;

/** What every mail program shows. */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/gif'] as const;
