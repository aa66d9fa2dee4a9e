export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];

/** What kind of picture bytes are, by how they begin: a name or a header may say anything. Null for anything else. */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  if (has(bytes, 0, JPEG)) return 'image/jpeg';
  if (has(bytes, 0, PNG)) return 'image/png';
  if (has(bytes, 0, RIFF) && has(bytes, 8, WEBP)) return 'image/webp';
  return null;
}

function has(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  return wanted.every((byte, index) => bytes[at + index] === byte);
}
