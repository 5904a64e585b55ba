import styles from './logo.module.css';

export const Logo = () => (
  <span className={styles.logo}>
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#5b4bd6" />
      <path
        d="M6 17h5l3-8 5 14 3-6h4"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
    Farwatch
  </span>
);
