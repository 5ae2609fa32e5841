/** Holds the place of a sentence that is still being read. Used where whom a scenario concerns is asked once the page is shown. */
import { SkeletonBodyText } from '@shopify/polaris';

export function SentenceToCome() {
  return (
    <div className="sentence-to-come">
      <SkeletonBodyText lines={1} />
    </div>
  );
}
