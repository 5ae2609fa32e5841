import 'react';

declare module 'react' {
  interface AnchorHTMLAttributes<T> {
    /** SendGrid leaves a link with `clicktracking="off"` as it is. */
    clicktracking?: 'off';
  }

  interface TdHTMLAttributes<T> {
    /** The one background color every program draws. */
    bgcolor?: string;
  }
}
