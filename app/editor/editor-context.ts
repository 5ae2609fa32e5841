/** What every field of the e-mail editor asks for: what is wrong where, the languages, how a picture is stored. Given by the editor. */
import { createContext, useContext } from 'react';
import type { Language } from '../lib/language';
import type { UploadPicture } from '../ui/picture-field';

export interface EditorSurroundings {
  /** By path and language: `blocks.2.text.fr`. */
  errors: Record<string, string>;
  /** The owner's own. */
  reading: Language;
  /** The one that is being written; a narrow screen shows no other. */
  editing: Language;
  shopName: string;
  /** The preview follows the language that is being written. */
  onLanguage(language: Language): void;
  uploadPicture: UploadPicture;
}

const EditorContext = createContext<EditorSurroundings | null>(null);
export const EditorProvider = EditorContext.Provider;

/** @throws outside of the editor */
export function useEditorSurroundings(): EditorSurroundings {
  const surroundings = useContext(EditorContext);
  if (!surroundings) throw new Error('There is no e-mail editor around this field');
  return surroundings;
}
