import { Button } from '@mantine/core';
import { IconFileTypePdf, IconPrinter, IconTags } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import type { LabelContent, LabelDrawing } from './compose-label.ts';
import { labelContent, type ProductTemplate } from './label-item.ts';
import { LabelFinder } from './label-finder.tsx';
import { LABELS_MAX, layOutLabels, surfaceOf } from './label-layout.ts';
import { LabelList } from './label-list.tsx';
import { LabelPage } from './label-page.tsx';
import { LabelPreview } from './label-preview.tsx';
import { LayoutFields } from './layout-fields.tsx';
import { useDrawings } from './use-drawings.ts';
import { useLabelChoices } from './use-label-choices.ts';
import { type ListedLabel, useLabelList } from './use-label-list.ts';
import { type PrintJob, usePrint } from './use-print.tsx';
import styles from './labels.module.css';

/** Labels of products and places: choose what, on which paper, look at it, print. All of it without a network. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function LabelsScreen() {
  const { t } = useTranslation();
  const formats = useFormats();
  const choices = useLabelChoices();
  const list = useLabelList(choices.setTemplate);
  const { layout, problem, start, template } = choices;
  const contents = useContents(list.labels, template);
  const surface = useMemo(() => surfaceOf(layout), [layout]);
  const { drawings, isReady } = useDrawings(contents, surface);
  const total = list.labels.reduce((sum, { copies }) => sum + copies, 0);
  const pages =
    problem === null ? layOutLabels(layout, copiesOf(list.labels, drawings), start) : [];
  const hasProducts = list.labels.some(({ item }) => item.kind === 'product');
  return (
    <div className={styles['page']}>
      <h1>{t('nav.labels')}</h1>
      <div className={styles['columns']}>
        <div className={styles['side']}>
          <section className={styles['card']} aria-label={t('labels.what')}>
            <LabelFinder
              onProduct={(id) => void list.addProduct(id)}
              onPlace={(place) => list.addPlaces([place])}
            />
            {list.error !== null && <ErrorWords error={wireErrorOf(list.error)} />}
            {list.labels.length === 0 ? (
              <EmptyState
                icon={<IconTags aria-hidden size={44} stroke={1.4} />}
                title={t('labels.empty')}
                text={t('labels.emptyHint')}
              />
            ) : (
              <>
                <div className={styles['listHead']}>
                  <p>{t('labels.total', { count: total, formatted: formats.number(total) })}</p>
                  <Button variant="subtle" onClick={list.clear}>
                    {t('labels.clear')}
                  </Button>
                </div>
                <LabelList list={list} template={template} />
              </>
            )}
          </section>
        </div>
        <div className={styles['side']}>
          <section className={styles['card']} aria-label={t('labels.how')}>
            <LayoutFields choices={choices} hasProducts={hasProducts} />
          </section>
          {list.labels.length > 0 && problem === null && (
            <section className={styles['card']} aria-label={t('labels.preview')}>
              <PrintButtons
                isReady={isReady}
                job={{
                  name: t('nav.labels'),
                  paper: layout.paper,
                  margin: 0,
                  content: pages.map((labels, page) => (
                    // oxlint-disable-next-line react/no-array-index-key -- a page is its number
                    <LabelPage key={page} layout={layout} labels={labels} />
                  )),
                }}
              />
              <Warnings contents={contents} drawings={drawings} total={total} />
              <LabelPreview layout={layout} pages={pages} />
            </section>
          )}
        </div>
      </div>
    </div>
  );
}

/** What stands on each label, in the reader's language. */
function useContents(
  labels: readonly ListedLabel[],
  template: ProductTemplate,
): readonly LabelContent[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return useMemo(() => {
    const words = {
      money: formats.money,
      pack: (quantity: number, unit: string) =>
        t('product.packs.pack', { formatted: formats.number(quantity), unit }),
      zone: (zone: string) => t('labels.zone', { zone }),
    };
    return labels.map(({ item }) => labelContent(item, template, words));
  }, [labels, template, formats, t]);
}

/** Each drawing as often as it is wanted, as far as they are drawn. */
function copiesOf(
  labels: readonly ListedLabel[],
  drawings: readonly LabelDrawing[],
): readonly LabelDrawing[] {
  return drawings.flatMap((drawing, at) =>
    Array<LabelDrawing>(labels[at]?.copies ?? 0).fill(drawing),
  );
}

interface WarningsProps {
  contents: readonly LabelContent[];
  drawings: readonly LabelDrawing[];
  total: number;
}

function Warnings({ contents, drawings, total }: WarningsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const without = drawings.filter(
    ({ bars }, at) => bars === null && contents[at]?.code !== null,
  ).length;
  return (
    <>
      {without > 0 && (
        <p role="alert" className={styles['problem']}>
          {t('labels.noRoom', { count: without, formatted: formats.number(without) })}
        </p>
      )}
      {total > LABELS_MAX && (
        <p role="alert" className={styles['problem']}>
          {t('labels.tooMany', { formatted: formats.number(LABELS_MAX) })}
        </p>
      )}
    </>
  );
}

function PrintButtons({ job, isReady }: { job: PrintJob; isReady: boolean }) {
  const { t } = useTranslation();
  const { print, savePdf, error, printed } = usePrint();
  // What fails is shown below the buttons.
  const start = (work: Promise<unknown>): void => void work.catch(() => undefined);
  return (
    <div className={styles['print']}>
      <Button
        leftSection={<IconPrinter aria-hidden size={20} />}
        disabled={!isReady}
        onClick={() => start(print(job))}
      >
        {t('labels.print')}
      </Button>
      {savePdf ? (
        <Button
          variant="default"
          leftSection={<IconFileTypePdf aria-hidden size={20} />}
          disabled={!isReady}
          onClick={() => start(savePdf(job))}
        >
          {t('labels.savePdf')}
        </Button>
      ) : (
        <p className="quiet">{t('labels.pdfHint')}</p>
      )}
      <p className="quiet">{t('labels.scaleHint')}</p>
      {error !== null && error !== undefined && <ErrorWords error={wireErrorOf(error)} />}
      {printed}
    </div>
  );
}
