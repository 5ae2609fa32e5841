/** Text outside of cards: on a phone, where cards reach the edges, Polaris leaves it no margin. */
import { Box } from '@shopify/polaris';

export function PhoneMargin({ children }: { children: React.ReactNode }) {
  return <Box paddingInline={{ xs: '400', sm: '0' }}>{children}</Box>;
}
