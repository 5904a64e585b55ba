import { Tabs } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import styles from './page-tabs.module.css';
import { Skeletons } from './skeletons.tsx';

type Tab = Readonly<{ value: string; label: string; body: ReactNode }>;
type Props = Readonly<{
  value: string;
  onTab: (value: string | null) => void;
  tabs: readonly Tab[];
  /** Stands there while what a tab needs is loaded. */
  waiting?: ReactNode;
}>;

/** The parts of a page, one at a time; the page's address says which. */
export const PageTabs = ({ value, onTab, tabs, waiting = <Skeletons rows={2} height={84} /> }: Props) => (
  <Tabs keepMounted={false} value={value} onChange={onTab}>
    <Tabs.List className={styles.tabs}>
      {tabs.map((tab) => (
        <Tabs.Tab key={tab.value} value={tab.value}>
          {tab.label}
        </Tabs.Tab>
      ))}
    </Tabs.List>
    {tabs.map((tab) => (
      <Tabs.Panel key={tab.value} value={tab.value} pt="lg">
        <Suspense fallback={waiting}>{tab.body}</Suspense>
      </Tabs.Panel>
    ))}
  </Tabs>
);
