// All resolvers by type name; a field without one falls back on the source's own property of that name, and fails loudly when there is none.
import type { Resolvers } from '../context';
import { discountResolvers } from '../discounts/types';
import { discountUseResolvers } from '../discounts/use-types';
import { addressResolvers } from './address';
import { bulkResolvers } from './bulk-operation';
import { checkoutResolvers } from './checkout';
import { customerResolvers } from './customer';
import { fileResolvers } from './files';
import { metafieldResolvers } from './metafield';
import { mutationResolvers } from './mutation';
import { orderResolvers } from './order';
import { productResolvers } from './product';
import { queryResolvers } from './query-root';
import { segmentResolvers } from './segment';
import { shopResolvers } from './shop';
import { themeResolvers } from './theme';

export const resolvers: Resolvers = {
  ...queryResolvers,
  ...mutationResolvers,
  ...shopResolvers,
  ...customerResolvers,
  ...productResolvers,
  ...orderResolvers,
  ...checkoutResolvers,
  ...addressResolvers,
  ...metafieldResolvers,
  ...bulkResolvers,
  ...segmentResolvers,
  ...fileResolvers,
  ...themeResolvers,
  ...discountResolvers,
  ...discountUseResolvers,
};
