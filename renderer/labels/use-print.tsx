import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useLayoutEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import type { PaperSize } from '../../shared/desktop/printing.ts';
import { useEnvironment } from '../environment.ts';
import { useTRPC } from '../trpc.ts';
import styles from './print.module.css';

export interface PrintJob {
  /** Of the job, and of the file if it becomes one. */
  name: string;
  paper: PaperSize;
  /** Round each page, in millimetres. With one, pages are numbered in it. */
  margin: number;
  content: ReactNode;
}

export interface Printing {
  print: (job: PrintJob) => Promise<void>;
  /** Resolves with false if the person cancelled. Null where only the print dialog can make a file. */
  savePdf: ((job: PrintJob) => Promise<boolean>) | null;
  /** Of the last job. */
  error: unknown;
  /** Draw it anywhere in the screen. It is seen on paper only, and is all that is seen there. */
  printed: ReactNode;
}

/** Printing of anything a screen can draw, in true size, whichever shell shows the page. */
export function usePrint(): Printing {
  const environment = useEnvironment();
  const trpc = useTRPC();
  const { data: printer } = useQuery(trpc.printing.printer.queryOptions());
  const toPaper = useMutation(trpc.printing.print.mutationOptions());
  const toFile = useMutation(trpc.printing.savePdf.mutationOptions());
  const [job, setJob] = useState<PrintJob | null>(null);
  usePageRule(job, () => setJob(null));

  /** What is printed is on the page before the printer looks, and gone when the shell is done with it. */
  const during = async <T,>(next: PrintJob, work: () => Promise<T>): Promise<T> => {
    flushSync(() => setJob(next));
    try {
      return await work();
    } finally {
      setJob(null);
    }
  };
  const shellPrints = printer?.savesPdf === true;
  return {
    print: async (next) => {
      const { name, paper } = next;
      if (shellPrints) return during(next, () => toPaper.mutateAsync({ name, paper }));
      flushSync(() => setJob(next));
      return environment.print();
    },
    savePdf: shellPrints
      ? (next) => during(next, () => toFile.mutateAsync({ name: next.name, paper: next.paper }))
      : null,
    error: toPaper.error ?? toFile.error,
    printed:
      job && createPortal(<div className={styles['printed']}>{job.content}</div>, document.body),
  };
}

/** Paper, margin and title of the job, for as long as it is on the page. */
function usePageRule(job: PrintJob | null, onPrinted: () => void): void {
  useLayoutEffect(() => {
    if (!job) return undefined;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(pageRule(job));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const title = document.title;
    document.title = job.name;
    window.addEventListener('afterprint', onPrinted);
    return () => {
      window.removeEventListener('afterprint', onPrinted);
      document.title = title;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- whom to tell changes with every drawing, the job does not
  }, [job]);
}

function pageRule({ paper, margin }: PrintJob): string {
  const number = "@bottom-right { content: counter(page) ' / ' counter(pages); font-size: 8pt; }";
  return `@page { size: ${paper.width}mm ${paper.height}mm; margin: ${margin}mm; ${margin > 0 ? number : ''} }`;
}
