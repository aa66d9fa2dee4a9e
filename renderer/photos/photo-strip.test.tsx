import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeId } from '../testing/fake-catalogue.ts';
import { BROKEN_PICTURE } from '../testing/fake-photos.ts';
import { renderApp, type RenderedApp, TEST_NOW } from '../testing/render-app.tsx';

const PRODUCT = fakeId(4, 7);

async function openPhotos() {
  const app = await renderApp(`/product/${PRODUCT}`);
  const photos = within(await screen.findByRole('group', { name: 'Photos' }));
  return { ...app, photos };
}

const picture = (name = 'a.jpg', type = 'image/jpeg'): File => new File(['bytes'], name, { type });

function added({ desktop }: Pick<RenderedApp, 'desktop'>): readonly string[] {
  return desktop.calls.filter((call) => call.startsWith('photo '));
}

it('F23: adds a photo to a product, says that it is not sent yet, and takes it back', async () => {
  const { user, desktop, photos } = await openPhotos();
  await user.upload(photos.getByLabelText('Choose photos'), picture());
  expect(await photos.findByText('1 photo added.')).toBeTruthy();
  expect(await photos.findByRole('img', { name: 'Photo 1 of 1' })).toBeTruthy();
  expect(photos.getByText('Not sent yet')).toBeTruthy();
  expect(added({ desktop })).toEqual(['photo product image/jpeg 640x480']);
  await user.click(photos.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(photos.queryByRole('img')).toBeNull());
});

it('F23: takes photos that are dropped or pasted, and passes over what is none', async () => {
  const { desktop, photos } = await openPhotos();
  const group = screen.getByRole('group', { name: 'Photos' });
  fireEvent.drop(group, {
    dataTransfer: { files: [picture('x.txt', BROKEN_PICTURE), picture(), picture()] },
  });
  expect(await photos.findByText('2 photos added.')).toBeTruthy();
  expect(photos.getByRole('alert').textContent).toContain('no picture');
  fireEvent.paste(group, {
    clipboardData: { files: [picture('x.txt', 'text/plain'), picture()] },
  });
  await waitFor(() => expect(added({ desktop })).toHaveLength(3));
  await waitFor(() => expect(photos.getAllByRole('img')).toHaveLength(3));
  expect(photos.queryByRole('alert')).toBeNull();
});

it('F23: shows photos large by keyboard, with a caption that is kept, and removes one', async () => {
  const { user, photos } = await openPhotos();
  await user.upload(photos.getByLabelText('Choose photos'), [picture(), picture()]);
  await photos.findByText('2 photos added.');
  (await photos.findByRole('img', { name: 'Photo 1 of 2' })).closest('button')?.focus();
  await user.keyboard('{Enter}');
  const dialog = within(await screen.findByRole('dialog', { name: 'Photo 1 of 2' }));
  await user.keyboard('{ArrowRight}');
  expect(await screen.findByRole('dialog', { name: 'Photo 2 of 2' })).toBeTruthy();
  await user.type(dialog.getByRole('textbox', { name: 'Caption' }), 'The torn corner{Enter}');
  await user.click(dialog.getByRole('button', { name: 'Previous photo' }));
  expect(await screen.findByRole('dialog', { name: 'Photo 1 of 2' })).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Remove photo' }));
  expect(await photos.findByText('Photo removed.')).toBeTruthy();
  expect(await photos.findByRole('img', { name: 'The torn corner' })).toBeTruthy();
  await waitFor(() => expect(photos.getAllByRole('img')).toHaveLength(1));
  // Escape closes the dialog and leaves the product where it is.
  await user.click(photos.getByRole('img'));
  await screen.findByRole('dialog');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(document.activeElement).toBe(photos.getByRole('img').closest('button'));
  expect(screen.getByRole('group', { name: 'Photos' })).toBeTruthy();
});

it('F23: says in words that a photo of another laptop is not here yet', async () => {
  const { desktop, photos } = await openPhotos();
  const row = {
    product_id: PRODUCT,
    hash: 'a'.repeat(64),
    bytes: 10,
    mime: 'image/jpeg',
    width: 4,
    height: 3,
    caption: 'By somebody else',
    person_id: null,
    taken_at: TEST_NOW,
  };
  await desktop.app.records.write([{ kind: 'create', entity: 'product_photo', row }]);
  expect(await photos.findByText('Not on this laptop yet')).toBeTruthy();
});
