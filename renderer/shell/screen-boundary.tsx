import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { withTranslation, type WithTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.tsx';

interface Props extends WithTranslation {
  children: ReactNode;
}

/** A bug in one screen stays in that screen: the navigation, the status and the other screens go on. */
class Boundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    const { t, children } = this.props;
    if (!this.state.failed) return children;
    return (
      <EmptyState title={t('app.failed.title')} text={t('app.failed.text')}>
        <Button onClick={() => this.setState({ failed: false })}>{t('app.failed.retry')}</Button>
      </EmptyState>
    );
  }
}

export const ScreenBoundary = withTranslation()(Boundary);
