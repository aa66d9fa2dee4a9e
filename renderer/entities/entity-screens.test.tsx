import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../testing/render-app.tsx';
import { ENTITY_SCREENS } from './entity-screens.ts';

/** The list may be empty in the project itself; the walk through docs/guides/add-an-entity.md fills it. */
it('has a place in the navigation and a screen that opens for every entity of the list', async () => {
  for (const { path } of ENTITY_SCREENS) {
    await renderApp(path);
    const heading = await screen.findByRole('heading', { level: 1 });
    const link = screen.getByRole('link', { name: heading.textContent });
    expect(link.getAttribute('href')).toBe(`#${path}`);
    expect(link.getAttribute('aria-current')).toBe('page');
  }
});
