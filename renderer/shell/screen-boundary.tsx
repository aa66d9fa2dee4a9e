import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEnvironment } from '../environment.ts';
import { EmptyState } from './empty-state.tsx';
import { PartNotLoaded } from './lazy-part.tsx';

interface Props {
  children: ReactNode;
}

interface Failure {
  error: unknown;
}

/** What fails in one screen, or while it is loaded, stays there: the navigation, the status and the others go on. */
export class ScreenBoundary extends Component<Props, { failure: Failure | null }> {
  override state: { failure: Failure | null } = { failure: null };

  static getDerivedStateFromError(error: unknown): { failure: Failure } {
    return { failure: { error } };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <ScreenFailed error={failure.error} onTryAgain={() => this.setState({ failure: null })} />
    );
  }
}

function ScreenFailed({ error, onTryAgain }: { error: unknown; onTryAgain: () => void }) {
  const { t } = useTranslation();
  const { connection, reload } = useEnvironment();
  const tryAgain = (): void => {
    // With the app gone there is nothing to load from, and a new page would be an empty one.
    if (error instanceof PartNotLoaded && connection.current() === 'connected') reload();
    else onTryAgain();
  };
  return (
    <EmptyState title={t('app.failed.title')} text={t('app.failed.text')}>
      <Button onClick={tryAgain}>{t('app.failed.retry')}</Button>
    </EmptyState>
  );
}
