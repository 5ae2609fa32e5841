/** Every word of the admin in French, one file per page. */
import brand from './fr/brand.json';
import checks from './fr/checks.json';
import common from './fr/common.json';
import customers from './fr/customers.json';
import domain from './fr/domain.json';
import editor from './fr/editor.json';
import home from './fr/home.json';
import install from './fr/install.json';
import preview from './fr/preview.json';
import privacy from './fr/privacy.json';
import reasons from './fr/reasons.json';
import refusals from './fr/refusals.json';
import restored from './fr/restored.json';
import scenario from './fr/scenario.json';
import scenarios from './fr/scenarios.json';
import settings from './fr/settings.json';
import setup from './fr/setup.json';
import steps from './fr/steps.json';

export const fr = {
  brand,
  checks,
  common,
  customers,
  domain,
  editor,
  home,
  install,
  preview,
  privacy,
  reasons,
  refusals,
  restored,
  scenario,
  scenarios,
  settings,
  setup,
  steps,
};
