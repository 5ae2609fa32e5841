// What Sillon Records sells: an invented American record shop, for stores filled from a file. Data only; fill-from-purchases.ts uses it.
import type { PictureColor } from '../pictures/stage';

export interface Album {
  title: string;
  artist: string;
  genre: string;
  /** USD, as on the shelf today; the orders of a file keep what was paid. */
  price: string;
  color: PictureColor;
  /** How often it is chosen compared with others. */
  popularity: number;
}

const GENRES: Readonly<Record<string, readonly (readonly [string, string, string, PictureColor, number])[]>> = {
  Rock: [
    ['Paper Lanterns', 'The Tollgates', '14.96', 'Nuit', 9],
    ['Second Ferry Home', 'Harbor Static', '13.97', 'Terracotta', 6],
    ['Loud Weather', 'Nine Acre Field', '11.77', 'Ocre', 5],
    ['Wire & Clover', 'The Tollgates', '12.99', 'Sauge', 4],
    ['Motel Almanac', 'June Pruitt Band', '14.49', 'Vieux rose', 3],
  ],
  Jazz: [
    ['Blue Hour Trio', 'Amos Delacroix', '16.36', 'Nuit', 7],
    ['Sixteen Steps Down', 'Lena Osei Quartet', '14.79', 'Terracotta', 4],
    ['After the Last Train', 'Amos Delacroix', '13.97', 'Ocre', 4],
    ['Brushes', 'Tobias Finch', '11.99', 'Sauge', 2],
  ],
  Soul: [
    ['Sunday Kind of Light', 'Marva Bell', '14.37', 'Vieux rose', 8],
    ['Corner of Ninth', 'The Velvet Ledger', '12.99', 'Ocre', 4],
    ['Hold the Line Gently', 'Marva Bell', '11.77', 'Terracotta', 3],
  ],
  Folk: [
    ['Hollow Creek Songs', 'Ida Marsh', '13.49', 'Sauge', 5],
    ['Letters to Winter', 'Fenn & Hale', '14.96', 'Nuit', 3],
    ['The Orchard Tapes', 'Ida Marsh', '9.99', 'Ocre', 2],
  ],
  Classical: [
    ['Nocturnes for a Small Room', 'Elise Varga, piano', '15.96', 'Nuit', 4],
    ['Six Suites for Cello', 'Henrik Aas, cello', '19.99', 'Terracotta', 3],
    ['Songs Without Maps', 'Calder Quartet', '15.49', 'Vieux rose', 2],
  ],
  Electronic: [
    ['Low Tide Signals', 'Meridian 9', '14.96', 'Sauge', 5],
    ['Glass Arcade', 'Kite Theory', '13.97', 'Vieux rose', 4],
    ['Night Bus Radio', 'Meridian 9', '12.49', 'Nuit', 2],
  ],
};

export const ALBUMS: readonly Album[] = Object.entries(GENRES).flatMap(([genre, albums]) =>
  albums.map(([title, artist, price, color, popularity]) => ({ title, artist, genre, price, color, popularity })),
);
