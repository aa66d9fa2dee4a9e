import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CatalogueBrowser } from './catalogue-browser.tsx';
import FirstRun from './first-run.tsx';
import { useBeginning } from './use-beginning.ts';

/** The catalogue, or the way to a first one while this laptop holds nothing. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function CatalogueScreen() {
  const { t } = useTranslation();
  const beginning = useBeginning();
  if (beginning === 'unknown') return null;
  if (beginning === 'firstRun') return <FirstRun />;
  return (
    <>
      <VisuallyHidden component="h1">{t('catalogue.title')}</VisuallyHidden>
      <CatalogueBrowser />
    </>
  );
}
