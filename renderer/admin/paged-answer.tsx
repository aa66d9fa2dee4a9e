import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { AdminAnswer } from './admin-answer.tsx';
import type { AdminPages } from './use-admin-pages.ts';

interface PagedAnswerProps<T> {
  of: AdminPages<T>;
  /** What the button says that reads the next page. */
  olderWords: string;
  children: (lines: readonly T[]) => ReactNode;
}

/** A list that is read page by page, and the way to its older lines. */
export function PagedAnswer<T>({ of: pages, olderWords, children }: PagedAnswerProps<T>) {
  const { older, isLoadingOlder } = pages;
  return (
    <>
      <AdminAnswer of={pages}>{children}</AdminAnswer>
      {older && (
        <Button variant="default" loading={isLoadingOlder} onClick={older}>
          {olderWords}
        </Button>
      )}
    </>
  );
}
