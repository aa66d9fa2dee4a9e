import { expect, it } from 'vitest';
import { GS } from './group-separator.ts';
import { typedText } from './typed-text.ts';

it('C4: a field that asks for codes gets what a person would type there', () => {
  expect(typedText(']E04006381333931\r')).toBe('4006381333931');
  expect(typedText(']C0LOC:A-01')).toBe('A-01');
  expect(typedText(`]d2010950600013435210AB${GS}21X`)).toBe('09506000134352');
  expect(typedText('0109506000134353')).toBe('0109506000134353');
  expect(typedText('sku-9')).toBe('sku-9');
});
