/**
 * What `caniemail`, `html-validate` and axe find in our e-mails and we accept, each with why the mail stays whole. Read by the quality
 * tests, which fail on anything not listed here and on anything listed that no longer occurs.
 */

/** By caniemail's title: the feature is missing or partly missing in Gmail, Outlook, Apple Mail, Yahoo or Orange. */
export const ACCEPTED_SUPPORT: Record<string, string> = {
  // The style sheet. Everything in it adds to a mail that is complete by its inline styles.
  '<style> element': 'Phone widths and dark colors only; without them the inline layout and light colors stand.',
  '@media': 'The same: phone widths and dark colors; the tables are fluid without them.',
  '!important keyword':
    'Needed to overrule inline styles on phones and in the dark; without it these rules do nothing.',
  'Class selector': 'Carries those same rules only.',
  'Type selector': 'Word’s exact line heights, inside a comment only Word reads.',
  'Attribute selector': 'Outlook.com’s dark mode only; elsewhere the light colors stay.',
  'Descendant combinator': 'Outlook.com’s dark mode only; elsewhere the light colors stay.',
  'Child combinator':
    'Colors the ground in dark mode; without it the ground stays light around a dark sheet, text is unharmed.',
  'color-scheme CSS property':
    'Tells Apple Mail that we have dark colors; others keep the light ones or turn them by themselves.',
  'color-scheme meta tag': 'The same, for the head.',
  'HTML comments': 'Hold what only Outlook on Windows reads; elsewhere nothing is missed.',

  // Decoration.
  'border-radius': 'Square corners instead of round ones.',
  border: 'Hairlines of 1px on tables and cells, where Outlook draws them.',
  'border-collapse': 'Lets corners be round; square ones otherwise.',
  'letter-spacing': 'Small positive px values on the shop’s name and codes, which are drawn nearly alike.',
  'background-color':
    'Dark mode’s rules only; inline colors use `background` with one plain color, and `bgcolor` beside it.',
  background: 'One plain color, which every program draws; no picture, no list.',
  'text-decoration': 'Underlines stay by the link itself, and an old price stands in <s> behind “instead of”.',

  // Page frame.
  '<body> element': 'Becomes a div; react-email repeats color and language on a cell inside.',
  'dir attribute': 'Our languages run left to right, which is what is assumed without it.',
  'lang attribute': 'Helps a screen reader’s voice; it stands on html, body and cell, so that one of them survives.',
  'role attribute': 'Layout tables without headings are read as layout by most readers anyway.',
  'target attribute': 'Mail programs open links in a window of their own whatever we say.',
  'display:none': 'The preview line is also 1px high and of the ground’s color.',
  display: 'Only none, block and inline-block; Outlook’s buttons get their size from the padding trick.',

  // Layout, used only in the forms that work everywhere.
  padding: 'On cells, where it works everywhere; on a button Outlook takes react-email’s padding trick.',
  margin:
    'Positive px on paragraphs; centering is by `align` on tables, and by text-align on cells, never by auto alone.',
  'max-width': 'Outlook on Windows gets 600px from its own rule; Apple Mail on a tablet may show a wider sheet.',
  'width property': 'Pictures and cells carry the `width` attribute too, which Outlook reads.',
  'width attribute':
    'Pictures in px, never in percent; at 120 dpi Outlook follows the pixel size we ask for in its head.',
  'height property': 'Only `auto` on pictures; there is no height attribute to overrule where it is dropped.',
  'align attribute': 'Only `center` on tables and plain values on cells.',
  'text-align': 'Only left, center and right.',
  'cellpadding attribute': 'Always 0; the style of each cell says its own padding.',
  'cellspacing attribute': 'Always 0, and tables touch without it.',
  'font-size': 'Whole px only.',
  'font-weight': 'Only normal and bold.',
  'line-height': 'Whole px only, and exact in Outlook by its own rule.',
  '<img> element': 'PNG and JPEG with a width and a text in their place.',
};

/** By html-validate's rule; `about` narrows it to messages that contain one of these. */
export const ACCEPTED_MARKUP: Record<string, { about?: readonly string[]; reason: string }> = {
  'doctype-html': { reason: 'Old mail programs take tables as meant only under the XHTML doctype react-email writes.' },
  'void-style': { reason: 'Written as XHTML, which that doctype asks for.' },
  'no-inline-style': { reason: 'Mail programs drop style sheets; inline is the only style that arrives.' },
  'no-conditional-comment': { reason: 'The only way to speak to Outlook on Windows alone.' },
  'presentation-role-style': { reason: '`none` means the same and is known to fewer mail programs.' },
  'no-deprecated-attr': {
    about: ['"align"', '"valign"', '"width"', '"bgcolor"', '"cellpadding"', '"cellspacing"'],
    reason: 'Outlook on Windows and Orange lay out and color by these attributes.',
  },
};

/** By axe's rule. */
export const ACCEPTED_ACCESSIBILITY: Record<string, string> = {
  'landmark-one-main':
    'A mail is read inside the mail program’s page, which has its own main part; a second would confuse.',
  region: 'For the same reason the parts of a mail are no landmarks.',
};
