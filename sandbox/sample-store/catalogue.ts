// What Maison Lune sells: an invented French shop for the home. Data only; products.ts puts it on the shelves.
import type { Subject } from '../pictures/draw';
import type { PictureColor } from '../pictures/stage';

export interface CatalogueItem {
  subject: Subject;
  title: string;
  price: number;
  /** Drawn in the first; several make an option "Couleur". */
  colors: PictureColor[];
  words: string;
  compareAt?: number;
  /** Option name and its values with their own prices. */
  sizes?: { name: string; values: readonly (readonly [string, number])[] };
  tags?: string[];
}

export interface CatalogueGroup {
  type: string;
  collection: string;
  /** Bought again and again. */
  consumable: boolean;
  items: CatalogueItem[];
}

const grams = (small: number, large: number) => ({
  name: 'Format',
  values: [
    ['180 g', small],
    ['500 g', large],
  ] as const,
});
const posters = {
  name: 'Format',
  values: [
    ['30 × 40 cm', 32],
    ['50 × 70 cm', 54],
  ] as const,
};

export const CATALOGUE: readonly CatalogueGroup[] = [
  {
    type: 'Bougies',
    collection: 'Bougies parfumées',
    consumable: true,
    items: [
      {
        subject: 'candle',
        title: 'Bougie Figuier d’été',
        price: 34,
        colors: ['Sauge'],
        sizes: grams(34, 58),
        words: 'Cire de soja, feuille de figuier et cèdre blanc. Brûle 45 heures.',
        tags: ['meilleure-vente'],
      },
      {
        subject: 'candle',
        title: 'Bougie Nuit de laine',
        price: 34,
        colors: ['Nuit'],
        sizes: grams(34, 58),
        words: 'Cachemire, musc blanc et un fond de santal, pour les soirées longues.',
        tags: ['meilleure-vente', 'hiver'],
      },
      {
        subject: 'candle',
        title: 'Bougie Fleur d’oranger',
        price: 34,
        colors: ['Ocre'],
        sizes: grams(34, 58),
        words: 'Fleur d’oranger de Grasse, néroli et miel clair.',
      },
      {
        subject: 'candle',
        title: 'Bougie Feu de bois',
        price: 36,
        colors: ['Terracotta'],
        words: 'Bouleau fumé, cuir doux et vanille sèche.',
        tags: ['hiver'],
      },
      {
        subject: 'candle',
        title: 'Bougie Linge propre',
        price: 29,
        compareAt: 34,
        colors: ['Écru'],
        words: 'Coton, lavande vraie et air frais.',
        tags: ['promotion'],
      },
      {
        subject: 'candle',
        title: 'Bougie Rose ancienne',
        price: 34,
        colors: ['Vieux rose'],
        words: 'Rose de mai, poivre rose et mousse.',
        tags: ['cadeau'],
      },
    ],
  },
  {
    type: 'Parfums d’intérieur',
    collection: 'Parfums d’intérieur',
    consumable: true,
    items: [
      {
        subject: 'bottle',
        title: 'Diffuseur Figuier d’été',
        price: 42,
        colors: ['Sauge'],
        words: 'Six tiges de rotin, dix semaines de parfum.',
        tags: ['meilleure-vente'],
      },
      {
        subject: 'bottle',
        title: 'Diffuseur Thé blanc',
        price: 42,
        colors: ['Céladon'],
        words: 'Thé blanc, bergamote et bois flotté.',
      },
      {
        subject: 'bottle',
        title: 'Diffuseur Ambre gris',
        price: 46,
        colors: ['Noisette'],
        words: 'Ambre, fève tonka et patchouli discret.',
      },
      {
        subject: 'bottle',
        title: 'Recharge diffuseur 200 ml',
        price: 24,
        colors: ['Bleu orage'],
        words: 'La recharge de votre diffuseur, avec six tiges neuves.',
        tags: ['recharge'],
      },
    ],
  },
  {
    type: 'Savons',
    collection: 'Salle de bain',
    consumable: true,
    items: [
      {
        subject: 'soap',
        title: 'Savon Olive et romarin',
        price: 9.5,
        colors: ['Sauge'],
        words: 'Saponifié à froid, huile d’olive de Provence.',
        tags: ['meilleure-vente'],
      },
      {
        subject: 'soap',
        title: 'Savon Lait d’ânesse',
        price: 9.5,
        colors: ['Écru'],
        words: 'Très doux, pour les peaux sensibles.',
      },
      {
        subject: 'soap',
        title: 'Savon Argile rose',
        price: 10.5,
        colors: ['Vieux rose'],
        words: 'Argile rose et beurre de karité.',
      },
      {
        subject: 'soap',
        title: 'Savon Charbon et menthe',
        price: 10.5,
        colors: ['Nuit'],
        words: 'Frais et net, pour le matin.',
      },
      {
        subject: 'soap',
        title: 'Coffret trois savons',
        price: 24,
        compareAt: 29.5,
        colors: ['Ocre'],
        words: 'Olive, lait d’ânesse et argile rose dans une boîte de carton brut.',
        tags: ['cadeau', 'promotion'],
      },
    ],
  },
  {
    type: 'Thés',
    collection: 'Thés et tasses',
    consumable: true,
    items: [
      {
        subject: 'tea',
        title: 'Thé Earl Grey fleurs bleues',
        price: 14.9,
        colors: ['Bleu orage'],
        words: 'Thé noir de Ceylan, bergamote et bleuets. 100 g.',
        tags: ['meilleure-vente'],
      },
      {
        subject: 'tea',
        title: 'Thé vert Jasmin du soir',
        price: 15.9,
        colors: ['Céladon'],
        words: 'Jasmin frais, feuilles entières. 100 g.',
      },
      {
        subject: 'tea',
        title: 'Rooibos Vanille et écorces',
        price: 13.9,
        colors: ['Terracotta'],
        words: 'Sans théine, vanille de Madagascar et orange. 100 g.',
      },
      {
        subject: 'tea',
        title: 'Infusion Après minuit',
        price: 12.9,
        colors: ['Nuit'],
        words: 'Tilleul, verveine et camomille. 60 g.',
      },
      {
        subject: 'tea',
        title: 'Thé de Noël',
        price: 15.9,
        colors: ['Framboise'],
        words: 'Cannelle, orange et clou de girofle. 100 g.',
        tags: ['hiver', 'noel'],
      },
    ],
  },
  {
    type: 'Tasses',
    collection: 'Thés et tasses',
    consumable: false,
    items: [
      {
        subject: 'cup',
        title: 'Tasse Demi-lune',
        price: 22,
        colors: ['Ocre', 'Sauge', 'Nuit', 'Terracotta'],
        words: 'Grès émaillé à la main, 30 cl. Chaque tasse est un peu différente.',
        tags: ['meilleure-vente'],
      },
      {
        subject: 'cup',
        title: 'Tasse à café Éclipse',
        price: 16,
        colors: ['Noisette', 'Écru'],
        words: 'Petite, épaisse, garde la chaleur. 12 cl.',
      },
      {
        subject: 'cup',
        title: 'Mug Grand matin',
        price: 24,
        colors: ['Bleu orage', 'Vieux rose'],
        words: 'Quarante centilitres pour commencer la journée.',
      },
      {
        subject: 'cup',
        title: 'Bol Aurore',
        price: 19,
        colors: ['Terracotta'],
        words: 'Grès brut dehors, émail clair dedans.',
      },
    ],
  },
  {
    type: 'Vaisselle',
    collection: 'La table',
    consumable: false,
    items: [
      {
        subject: 'plate',
        title: 'Assiette Pointillés',
        price: 18,
        colors: ['Framboise', 'Bleu orage', 'Sauge'],
        words: 'Porcelaine de Limoges, 26 cm.',
      },
      {
        subject: 'plate',
        title: 'Assiette à dessert Brindille',
        price: 14,
        colors: ['Sauge', 'Ocre'],
        words: 'Porcelaine, 20 cm, décor peint au pinceau.',
      },
      {
        subject: 'plate',
        title: 'Plat de service Pleine lune',
        price: 48,
        colors: ['Céladon'],
        words: 'Grand plat rond, 34 cm.',
      },
      {
        subject: 'carafe',
        title: 'Carafe Rivière',
        price: 39,
        colors: ['Bleu orage', 'Céladon'],
        words: 'Verre soufflé, un litre, avec son gobelet.',
        tags: ['meilleure-vente'],
      },
      {
        subject: 'carafe',
        title: 'Carafe Ambre',
        price: 42,
        compareAt: 49,
        colors: ['Noisette'],
        words: 'Verre recyclé teinté dans la masse.',
        tags: ['promotion'],
      },
    ],
  },
  {
    type: 'Plaids',
    collection: 'Textiles',
    consumable: false,
    items: [
      {
        subject: 'blanket',
        title: 'Plaid Bergère en laine',
        price: 98,
        colors: ['Écru', 'Terracotta', 'Bleu orage'],
        words: 'Laine des Pyrénées, 130 × 180 cm, franges tressées.',
        tags: ['meilleure-vente', 'hiver'],
      },
      {
        subject: 'blanket',
        title: 'Plaid Gaze de coton',
        price: 64,
        colors: ['Sauge', 'Vieux rose'],
        words: 'Double gaze, léger, pour les soirs d’été.',
      },
      {
        subject: 'blanket',
        title: 'Jeté de canapé Chevrons',
        price: 72,
        compareAt: 89,
        colors: ['Ocre'],
        words: 'Coton recyclé, 140 × 200 cm.',
        tags: ['promotion'],
      },
      {
        subject: 'blanket',
        title: 'Couverture bébé Petite lune',
        price: 46,
        colors: ['Céladon'],
        words: 'Coton biologique, 80 × 100 cm.',
        tags: ['cadeau', 'naissance'],
      },
    ],
  },
  {
    type: 'Coussins',
    collection: 'Textiles',
    consumable: false,
    items: [
      {
        subject: 'cushion',
        title: 'Coussin Rayures de mer',
        price: 38,
        colors: ['Bleu orage', 'Terracotta', 'Sauge'],
        words: 'Lin lavé, 45 × 45 cm, garnissage compris.',
      },
      {
        subject: 'cushion',
        title: 'Coussin Velours d’hiver',
        price: 44,
        colors: ['Framboise', 'Nuit'],
        words: 'Velours de coton, passepoil ton sur ton.',
        tags: ['hiver'],
      },
      {
        subject: 'cushion',
        title: 'Coussin Toile écrue',
        price: 32,
        colors: ['Écru'],
        words: 'Toile épaisse tissée dans le Nord.',
      },
      {
        subject: 'cushion',
        title: 'Coussin de sol',
        price: 79,
        colors: ['Noisette'],
        words: 'Grand, ferme, pour lire par terre.',
      },
    ],
  },
  {
    type: 'Écharpes',
    collection: 'Textiles',
    consumable: false,
    items: [
      {
        subject: 'scarf',
        title: 'Écharpe Brume',
        price: 59,
        colors: ['Bleu orage', 'Vieux rose', 'Terracotta'],
        words: 'Alpaga et soie, très légère.',
        tags: ['hiver', 'cadeau'],
      },
      {
        subject: 'scarf',
        title: 'Étole Grand froid',
        price: 84,
        colors: ['Framboise'],
        words: 'Laine mérinos, 70 × 200 cm.',
        tags: ['hiver'],
      },
      {
        subject: 'scarf',
        title: 'Torchon métis',
        price: 14,
        colors: ['Écru', 'Sauge'],
        words: 'Lin et coton, essuie sans peluches.',
      },
      {
        subject: 'scarf',
        title: 'Serviette de bain nid d’abeille',
        price: 29,
        colors: ['Céladon', 'Ocre'],
        words: 'Coton biologique, 70 × 130 cm.',
      },
    ],
  },
  {
    type: 'Luminaires',
    collection: 'Lumière',
    consumable: false,
    items: [
      {
        subject: 'lamp',
        title: 'Lampe à poser Crépuscule',
        price: 129,
        colors: ['Terracotta', 'Sauge'],
        words: 'Abat-jour plissé, pied en laiton brossé. Fil de deux mètres.',
        tags: ['meilleure-vente'],
      },
      {
        subject: 'lamp',
        title: 'Lampe de chevet Petit jour',
        price: 79,
        colors: ['Ocre'],
        words: 'Une lumière chaude qui ne réveille personne.',
      },
      {
        subject: 'lamp',
        title: 'Lampe sans fil Luciole',
        price: 69,
        compareAt: 85,
        colors: ['Céladon'],
        words: 'Vingt heures de lumière, se recharge en deux.',
        tags: ['promotion', 'nouveaute'],
      },
      {
        subject: 'lamp',
        title: 'Lampe Opaline',
        price: 149,
        colors: ['Écru'],
        words: 'Verre opalin et laiton, d’après un modèle des années trente.',
      },
    ],
  },
  {
    type: 'Vases',
    collection: 'Décoration',
    consumable: false,
    items: [
      {
        subject: 'vase',
        title: 'Vase Col étroit',
        price: 45,
        colors: ['Noisette', 'Céladon'],
        words: 'Grès tourné à la main, pour trois branches ou une seule.',
        tags: ['meilleure-vente'],
      },
      {
        subject: 'vase',
        title: 'Vase Argile rouge',
        price: 52,
        colors: ['Terracotta'],
        words: 'Terre cuite non émaillée, intérieur étanche.',
      },
      {
        subject: 'vase',
        title: 'Vase Nuage',
        price: 58,
        colors: ['Écru'],
        words: 'Formes rondes, émail mat.',
        tags: ['nouveaute'],
      },
      {
        subject: 'vase',
        title: 'Soliflore Goutte',
        price: 24,
        colors: ['Bleu orage', 'Vieux rose'],
        words: 'Une fleur, pas plus.',
      },
    ],
  },
  {
    type: 'Affiches',
    collection: 'Décoration',
    consumable: false,
    items: [
      {
        subject: 'print',
        title: 'Affiche Dunes',
        price: 32,
        colors: ['Ocre'],
        sizes: posters,
        words: 'Impression pigmentaire sur papier coton, sans cadre.',
      },
      {
        subject: 'print',
        title: 'Affiche Lever de lune',
        price: 32,
        colors: ['Nuit'],
        sizes: posters,
        words: 'La lune au-dessus des collines, numérotée.',
        tags: ['meilleure-vente'],
      },
      {
        subject: 'print',
        title: 'Affiche Vallée',
        price: 32,
        colors: ['Sauge'],
        sizes: posters,
        words: 'Trois plans de vert un matin d’octobre.',
      },
      {
        subject: 'print',
        title: 'Affiche Rose des sables',
        price: 36,
        colors: ['Vieux rose'],
        sizes: posters,
        words: 'Tirage limité à deux cents exemplaires.',
        tags: ['nouveaute'],
      },
    ],
  },
  {
    type: 'Papeterie',
    collection: 'Papeterie',
    consumable: true,
    items: [
      {
        subject: 'notebook',
        title: 'Carnet de nuit',
        price: 18,
        colors: ['Nuit', 'Framboise', 'Sauge'],
        words: 'Couverture toilée, 160 pages lignées, papier ivoire.',
        tags: ['meilleure-vente'],
      },
      {
        subject: 'notebook',
        title: 'Carnet de recettes',
        price: 22,
        colors: ['Terracotta'],
        words: 'Des pages pour noter, des poches pour garder.',
        tags: ['cadeau'],
      },
      {
        subject: 'notebook',
        title: 'Agenda des lunes',
        price: 26,
        colors: ['Bleu orage'],
        words: 'Une semaine par page, la lune de chaque soir.',
        tags: ['noel'],
      },
      {
        subject: 'notebook',
        title: 'Cahier de croquis',
        price: 16,
        colors: ['Écru'],
        words: '120 g, blanc cassé, s’ouvre à plat.',
      },
    ],
  },
  {
    type: 'Sacs',
    collection: 'Sacs et paniers',
    consumable: false,
    items: [
      {
        subject: 'bag',
        title: 'Cabas Marché du samedi',
        price: 36,
        colors: ['Framboise', 'Écru', 'Nuit'],
        words: 'Toile épaisse, deux longueurs d’anses.',
        tags: ['meilleure-vente'],
      },
      {
        subject: 'bag',
        title: 'Pochette Demi-lune',
        price: 28,
        colors: ['Ocre'],
        words: 'Coton enduit, doublée, fermeture éclair.',
      },
      {
        subject: 'bag',
        title: 'Sac week-end',
        price: 94,
        compareAt: 119,
        colors: ['Noisette'],
        words: 'Toile cirée et cuir tanné au végétal.',
        tags: ['promotion'],
      },
      {
        subject: 'basket',
        title: 'Panier Provence',
        price: 44,
        colors: ['Terracotta', 'Bleu orage'],
        words: 'Feuille de palmier tressée, anse cousue.',
      },
      {
        subject: 'basket',
        title: 'Corbeille à linge',
        price: 62,
        colors: ['Sauge'],
        words: 'Osier et doublure amovible.',
      },
      {
        subject: 'basket',
        title: 'Petit panier à pain',
        price: 21,
        colors: ['Ocre'],
        words: 'Paille de seigle cousue main.',
        tags: ['nouveaute'],
      },
    ],
  },
];
