import ReactMarkdown, { type Components } from 'react-markdown';
import styles from './markdown.module.css';

/** Pages of ours have one heading of first level, and sections below it: a text's own begin a level deeper. */
const components: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="nofollow noopener noreferrer">
      {children}
    </a>
  ),
  // A picture would be fetched from wherever its author says, by everybody who reads this.
  img: ({ alt, src }) => <span className={styles.noImage}>{alt === undefined || alt === '' ? src : alt}</span>,
};

/** Somebody's Markdown: no HTML of its own, no pictures, links that vouch for nothing. Heavy: load it lazily. */
export const Markdown = ({ children }: { readonly children: string }) => (
  <div className={styles.markdown}>
    <ReactMarkdown components={components}>{children}</ReactMarkdown>
  </div>
);
