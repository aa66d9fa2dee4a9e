import { PHOTO_BYTES_MAX } from '../../shared/entities/fields.ts';
import { PHOTO_SIDE_MAX, shrunkSize } from './shrunk-size.ts';

/** A photo that is ready to be kept. */
export interface ShrunkPhoto {
  /** Base 64. */
  content: string;
  mime: 'image/jpeg';
  width: number;
  height: number;
}

/** Tried in this order until the photo is small enough; the last one makes anything so. */
const ATTEMPTS = [
  { side: PHOTO_SIDE_MAX, quality: 0.85 },
  { side: PHOTO_SIDE_MAX, quality: 0.7 },
  { side: 1_200, quality: 0.7 },
  { side: 800, quality: 0.6 },
] as const;

/** A picture that this machine cannot show. */
class NotAPhoto extends Error {}

/**
 * Draws a picture anew, smaller and the right way up. Only what is seen is kept: of what the camera wrote beside it, such as
 * the place where it was taken, nothing is. Throws NotAPhoto.
 */
export async function shrinkPhoto(file: Blob): Promise<ShrunkPhoto> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(
    (cause: unknown) => {
      throw new NotAPhoto('This file is no picture that can be shown here.', { cause });
    },
  );
  try {
    for (const { side, quality } of ATTEMPTS) {
      const size = shrunkSize(picture, side);
      const drawn = await draw(picture, size, quality);
      if (drawn.size > PHOTO_BYTES_MAX) continue;
      return { ...size, mime: 'image/jpeg', content: await base64Of(drawn) };
    }
  } finally {
    picture.close();
  }
  throw new NotAPhoto('This picture cannot be made small enough.');
}

async function draw(
  picture: ImageBitmap,
  { width, height }: { width: number; height: number },
  quality: number,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const paper = canvas.getContext('2d');
  if (!paper) throw new NotAPhoto('There is nothing to draw on.');
  // JPEG knows no transparency; without this it would be black.
  paper.fillStyle = 'white';
  paper.fillRect(0, 0, width, height);
  paper.imageSmoothingQuality = 'high';
  paper.drawImage(picture, 0, 0, width, height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality });
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('error', () => reject(new Error('The picture cannot be read.')));
    reader.addEventListener('load', () => {
      const address = reader.result as string;
      resolve(address.slice(address.indexOf(',') + 1));
    });
    reader.readAsDataURL(blob);
  });
}
