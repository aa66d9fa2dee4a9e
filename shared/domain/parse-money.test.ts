import { describe, expect, it } from 'vitest';
import { parseMoney } from './parse-money.ts';

describe('parseMoney', () => {
  it.each([
    ['12.50', 'EUR', 1250],
    ['12,5', 'EUR', 1250],
    ['12', 'EUR', 1200],
    ['0.07', 'EUR', 7],
    ['1.15', 'USD', 115],
    ['8.29', 'USD', 829],
    ['1500', 'JPY', 1500],
    ['1.234', 'KWD', 1234],
    ['9999999999999.99', 'EUR', 999999999999999],
  ])('reads %s %s as %i', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });

  it.each([
    ['1,234', 'EUR'],
    ['1.234,50', 'EUR'],
    ['1.5', 'JPY'],
    ['-1', 'EUR'],
    ['1e3', 'EUR'],
    ['€ 5', 'EUR'],
    ['.5', 'EUR'],
    ['99999999999999.99', 'EUR'],
    ['', 'EUR'],
  ])('does not guess what %s %s means', (text, currency) => {
    expect(parseMoney(text, currency)).toBeNull();
  });
});
