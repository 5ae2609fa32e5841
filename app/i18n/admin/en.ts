/** Every word of the admin in English, one file per page. */
import brand from './en/brand.json';
import checks from './en/checks.json';
import common from './en/common.json';
import customers from './en/customers.json';
import domain from './en/domain.json';
import editor from './en/editor.json';
import home from './en/home.json';
import install from './en/install.json';
import preview from './en/preview.json';
import privacy from './en/privacy.json';
import reasons from './en/reasons.json';
import refusals from './en/refusals.json';
import restored from './en/restored.json';
import scenario from './en/scenario.json';
import scenarios from './en/scenarios.json';
import settings from './en/settings.json';
import setup from './en/setup.json';
import steps from './en/steps.json';

export const en = {
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
