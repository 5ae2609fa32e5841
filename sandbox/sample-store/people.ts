// Invented people: names as they are common in each country, streets, towns. Data only.

export interface Land {
  country: string;
  /** Town, postal code. */
  towns: readonly (readonly [string, string])[];
  streets: readonly string[];
  /** Number before the street (12 rue …) or after it (Lindenstraße 12). */
  numberFirst: boolean;
  phone: string;
}

export interface Tongue {
  locale: string;
  first: readonly string[];
  last: readonly string[];
  /** Country codes with their weight. */
  lands: readonly (readonly [string, number])[];
}

const split = (text: string): string[] => text.split(',').map((word) => word.trim());
const towns = (text: string): (readonly [string, string])[] =>
  split(text).map(
    (entry) =>
      [entry.replace(/\s\S*\d\S*(\s\d\S*)?$/, ''), /\s(\S*\d\S*(?:\s\d\S*)?)$/.exec(entry)?.[1] ?? ''] as const,
  );

export const LANDS: Readonly<Record<string, Land>> = {
  FR: {
    country: 'FR',
    towns: towns(
      'Paris 75011, Paris 75018, Lyon 69004, Marseille 13006, Nantes 44000, Bordeaux 33000, Lille 59800, Rennes 35000, Strasbourg 67000, Toulouse 31000, Montpellier 34000, Nice 06000, Grenoble 38000, Angers 49100, Dijon 21000, Clermont-Ferrand 63000, Saint-Étienne 42000, Brest 29200, Tours 37000, Besançon 25000, Annecy 74000, Metz 57000, Ajaccio 20000, La Rochelle 17000',
    ),
    streets: split(
      'rue des Lilas, rue Victor-Hugo, avenue de la République, rue de l’Église, place du Marché, rue Pasteur, boulevard Gambetta, impasse des Érables, rue Jean-Jaurès, chemin des Vignes, quai de la Fosse, rue du Général-Leclerc, allée des Tilleuls',
    ),
    numberFirst: true,
    phone: '+336',
  },
  BE: {
    country: 'BE',
    towns: towns('Bruxelles 1050, Liège 4000, Namur 5000, Gent 9000'),
    streets: split('rue de la Loi, avenue Louise, chaussée de Wavre, rue Haute'),
    numberFirst: true,
    phone: '+3247',
  },
  CH: {
    country: 'CH',
    towns: towns('Genève 1203, Lausanne 1004, Neuchâtel 2000, Zürich 8004'),
    streets: split('rue de Carouge, avenue de Cour, Bahnhofstrasse, rue du Seyon'),
    numberFirst: false,
    phone: '+4178',
  },
  GB: {
    country: 'GB',
    towns: towns(
      'London N1 9GU, Bristol BS1 4DJ, Edinburgh EH3 6SS, Manchester M4 1HN, Leeds LS1 4DY, Brighton BN1 1UB',
    ),
    streets: split('Church Lane, Station Road, Mill Street, Victoria Road, The Crescent, Orchard Close'),
    numberFirst: true,
    phone: '+447',
  },
  IE: {
    country: 'IE',
    towns: towns('Dublin D08, Galway H91, Cork T12'),
    streets: split('Main Street, Quay Street, Patrick Street'),
    numberFirst: true,
    phone: '+35387',
  },
  US: {
    country: 'US',
    towns: towns('Brooklyn 11215, Portland 97209, Austin 78704, Chicago 60614, Boston 02116'),
    streets: split('Maple Avenue, Oak Street, 5th Street, Cedar Lane, Highland Drive'),
    numberFirst: true,
    phone: '+1503',
  },
  DE: {
    country: 'DE',
    towns: towns('Berlin 10405, Hamburg 20357, München 80469, Köln 50667, Leipzig 04109'),
    streets: split('Lindenstraße, Gartenweg, Schönhauser Allee, Müllerstraße, Am Markt'),
    numberFirst: false,
    phone: '+4915',
  },
  ES: {
    country: 'ES',
    towns: towns('Madrid 28012, Barcelona 08001, València 46001, Sevilla 41001'),
    streets: split('Calle Mayor, Calle de Alcalá, Avenida de la Constitución, Plaza de España'),
    numberFirst: false,
    phone: '+346',
  },
  IT: {
    country: 'IT',
    towns: towns('Milano 20121, Roma 00186, Torino 10121, Bologna 40121'),
    streets: split('Via Garibaldi, Via Roma, Corso Vittorio, Piazza Maggiore'),
    numberFirst: false,
    phone: '+393',
  },
  NL: {
    country: 'NL',
    towns: towns('Amsterdam 1016, Utrecht 3511, Rotterdam 3011, Groningen 9711'),
    streets: split('Keizersgracht, Oudegracht, Nieuwstraat, Kerkstraat'),
    numberFirst: false,
    phone: '+316',
  },
};

export const TONGUES: readonly (readonly [Tongue, number])[] = [
  [
    {
      locale: 'fr',
      first: split(
        'Camille, Léa, Chloé, Manon, Inès, Zoé, Élodie, Hélène, Anaïs, Noémie, Céline, Agnès, Margaux, Clémence, Océane, Solène, Maëlys, Amélie, Béatrice, Françoise, Anne-Laure, Marie-Ève, Jeanne, Louise, Juliette, Aïcha, Fatou, Yasmine, Lucas, Hugo, Théo, Léo, Raphaël, Jérôme, François, Gaël, Loïc, Maël, Noël, Rémi, Sébastien, Stéphane, Jean-Pierre, Jean-Baptiste, Étienne, Benoît, Mathéo, Antoine, Karim, Ousmane, Guillaume, Aurélien, Maxence, Félix',
      ),
      last: split(
        'Martin, Bernard, Dubois, Lefèvre, Moreau, Laurent, Girard, Fournier, Mercier, Gérard, Lemaître, Béranger, Desprès, Hébert, Le Goff, Le Gall, Kerlévéo, D’Alençon, De la Tour, Benoît-Roux, Rousseau, Fontaine, Chevalier, Gauthier, Perrin, Morin, Clément, Gaillard, Picard, Renard, Barbier, Brunet, Guérin, Faure, Blanchard, Vidal, Caron, Noël, Meunier, Pélissier, Sánchez, Benali, Diallo, Traoré, Nguyen, Haddad, Müller, Schmitt, Œuvrard, Maçon',
      ),
      lands: [
        ['FR', 88],
        ['BE', 7],
        ['CH', 5],
      ],
    },
    68,
  ],
  [
    {
      locale: 'en',
      first: split(
        'Emma, Olivia, Charlotte, Grace, Alice, Ruby, Hannah, Sophie, Siobhán, Zoë, Chloe, Megan, Harriet, Priya, Amara, Jack, Oliver, Harry, George, Thomas, William, Seán, Liam, Owen, Arthur, Daniel, Ravi, Kwame, Noah, Henry',
      ),
      last: split(
        'Smith, Jones, Taylor, Brown, Wilson, Davies, Evans, Walker, O’Connor, O’Brien, MacLeod, Hughes, Green, Hall, Wood, Clarke, Wright, Patel, Khan, Okafor, Murphy, Fitzgerald, Bennett, Carter, Reed, Brontë, Campbell, Stewart',
      ),
      lands: [
        ['GB', 56],
        ['US', 22],
        ['IE', 12],
        ['FR', 10],
      ],
    },
    20,
  ],
  [
    {
      locale: 'de',
      first: split('Jürgen, Anneliese, Käthe, Björn, Lena, Moritz, Sören, Hannelore'),
      last: split('Müller, Schäfer, Weiß, Groß, Köhler, Krüger, Böhm, Vogel'),
      lands: [['DE', 100]],
    },
    5,
  ],
  [
    {
      locale: 'es',
      first: split('María José, Iñaki, Begoña, Álvaro, Lucía, Andrés'),
      last: split('García Núñez, Fernández, Muñoz, López Peña, Ibáñez'),
      lands: [['ES', 100]],
    },
    3,
  ],
  [
    {
      locale: 'it',
      first: split('Niccolò, Giulia, Chiara, Matteo, Lucrezia'),
      last: split('Rossi, D’Angelo, Bianchi, Cantù, Esposito'),
      lands: [['IT', 100]],
    },
    2,
  ],
  [
    {
      locale: 'nl',
      first: split('Anouk, Daan, Sanne, Joris, Femke'),
      last: split('de Vries, van den Berg, Janssen, Bakker'),
      lands: [['NL', 100]],
    },
    2,
  ],
];

export const MAIL_HOSTS: readonly (readonly [string, number])[] = [
  ['gmail.example', 46],
  ['orange.example', 14],
  ['outlook.example', 12],
  ['free.example', 9],
  ['icloud.example', 8],
  ['yahoo.example', 6],
  ['proton.example', 5],
];
