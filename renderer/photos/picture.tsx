import { useLayoutEffect, useRef } from 'react';
import type { PhotoContent } from '../../shared/desktop/photo-views.ts';

interface PictureProps {
  photo: Extract<PhotoContent, { kind: 'here' }>;
  alt: string;
  className: string;
}

/** Pages may show no data addresses, so the bytes get an address of their own for as long as they are shown. */
export function Picture({ photo, alt, className }: PictureProps) {
  const image = useRef<HTMLImageElement>(null);
  useLayoutEffect(() => {
    const url = URL.createObjectURL(new Blob([bytesOf(photo.content)], { type: photo.mime }));
    if (image.current) image.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [photo]);
  return <img ref={image} className={className} alt={alt} draggable={false} />;
}

function bytesOf(content: string): Uint8Array<ArrayBuffer> {
  const text = atob(content);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
