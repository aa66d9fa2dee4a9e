import { useState } from 'react';
import { useLocation } from 'wouter';
import { useTRPCClient } from '../trpc.ts';
import { looksLikeBarcode } from './search-text.ts';

export interface OpenProduct {
  open: (id: string) => void;
  /** Opens the product of a scanned code; gives false where no product has it. */
  openScanned: (code: string) => Promise<boolean>;
  /** A code that was scanned and that no product has. */
  unknownCode: string | null;
  forgetUnknown: () => void;
}

export function useOpenProduct(): OpenProduct {
  const client = useTRPCClient();
  const [, navigate] = useLocation();
  const [unknownCode, setUnknownCode] = useState<string | null>(null);
  return {
    open: (id) => navigate(`/product/${id}`),
    openScanned: async (code) => {
      const found = await client.catalogue.scan.query({ code });
      if (found) navigate(`/product/${found.product.id}`, { state: { scannedCode: code } });
      else if (looksLikeBarcode(code)) setUnknownCode(code);
      return found !== null;
    },
    unknownCode,
    forgetUnknown: () => setUnknownCode(null),
  };
}
