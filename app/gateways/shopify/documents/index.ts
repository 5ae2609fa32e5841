/** Every document we send to the Admin API. A test checks each against Shopify's schema and the scopes of shopify.app.toml. */
import { type BirthDateReading, STANDARD_READING } from '../../../domain/birth-date-source';
import { DELETE_BIRTH_DATE, SET_BIRTH_DATE } from './birth-date';
import { BULK_STATUS, START_BULK } from './bulk';
import { CHECKOUTS_IN_BULK, checkoutsDocument } from './checkout';
import { CHECKOUT_EMAILS } from './checkout-emails';
import { UPDATE_CONSENT } from './consent';
import { customerDocument, customersDocument, customersInBulk, OPEN_TRACKING_PAGE } from './customer';
import {
  ADD_CODES,
  CODE_CREATION,
  CODE_RESULTS,
  CREATE_BASIC_DISCOUNT,
  CREATE_SHIPPING_DISCOUNT,
  DELETE_DISCOUNT,
  DISCOUNT_OF_CODE,
  DISCOUNT_STATE,
} from './discount';
import { CREATE_FILE, FILE_STATE, UPLOAD_TARGET } from './file';
import { CHANGED_ORDERS, ORDER_LINES, ORDERS_IN_BULK, ordersDocument } from './order';
import { PRODUCT_VARIANTS, PRODUCTS_IN_BULK, productDocument, productsDocument } from './product';
import { SEGMENT_MEMBERS, SEGMENTS } from './segment';
import { shopDocument } from './shop';
import { PUBLISHED_THEME, STORE_PICTURE } from './theme';
import { ADD_VIP_TAG, REMOVE_VIP_TAG, VIP_TAG_STATE } from './vip-tag';

const ANY_TIME = '1970-01-01T00:00:00.000000000Z';
/** A birth date where an owner might keep it. */
const OWN_FIELD: BirthDateReading = { source: { from: 'metafield', key: 'custom.birthday' }, country: 'FR' };

export const ALL_DOCUMENTS: readonly { name: string; text: string }[] = [
  shopDocument(ANY_TIME),
  customerDocument(ANY_TIME),
  customersDocument(ANY_TIME),
  { ...customerDocument(ANY_TIME, OWN_FIELD), name: 'CustomerWithOwnField' },
  OPEN_TRACKING_PAGE,
  CHANGED_ORDERS,
  ordersDocument(ANY_TIME),
  ORDER_LINES,
  productDocument(ANY_TIME),
  productsDocument(ANY_TIME),
  PRODUCT_VARIANTS,
  checkoutsDocument(ANY_TIME),
  START_BULK,
  BULK_STATUS,
  CHECKOUT_EMAILS,
  UPDATE_CONSENT,
  SET_BIRTH_DATE,
  DELETE_BIRTH_DATE,
  SEGMENTS,
  SEGMENT_MEMBERS,
  VIP_TAG_STATE,
  ADD_VIP_TAG,
  REMOVE_VIP_TAG,
  CREATE_BASIC_DISCOUNT,
  CREATE_SHIPPING_DISCOUNT,
  ADD_CODES,
  CODE_CREATION,
  CODE_RESULTS,
  DISCOUNT_STATE,
  DISCOUNT_OF_CODE,
  DELETE_DISCOUNT,
  UPLOAD_TARGET,
  CREATE_FILE,
  FILE_STATE,
  PUBLISHED_THEME,
  STORE_PICTURE,
  { name: 'CustomersInBulk', text: customersInBulk(STANDARD_READING) },
  { name: 'CustomersWithOwnFieldInBulk', text: customersInBulk(OWN_FIELD) },
  { name: 'OrdersInBulk', text: ORDERS_IN_BULK },
  { name: 'ProductsInBulk', text: PRODUCTS_IN_BULK },
  { name: 'CheckoutsInBulk', text: CHECKOUTS_IN_BULK },
];
