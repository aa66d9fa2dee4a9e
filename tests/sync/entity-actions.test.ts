import { beforeEach, describe, expect, test } from 'vitest';
import { RecordWriter } from '../../main/store/records/record-writer.ts';
import { createRepository, type Repository } from '../../main/store/records/repository.ts';
import { must } from '../../shared/domain/assert.ts';
import { location } from '../../shared/entities/location.ts';
import { openEngineBench, PLACE } from '../support/engine-bench.ts';
import { idOf } from '../support/server-rows.ts';

let bench: ReturnType<typeof openEngineBench>;
let places: Repository<typeof location>;
let siteId: string;
beforeEach(async () => {
  bench = openEngineBench();
  await bench.run();
  let made = 0;
  const reader = () => bench.laptop.records.reader();
  const writer = new RecordWriter({
    outbox: bench.laptop.work.outbox,
    reader,
    now: () => 1,
    newId: () => idOf((made += 1)),
  });
  places = createRepository(location, { reader, writer });
  siteId = must(places.get(PLACE), 'the place').site_id;
});

const waiting = (): number => bench.laptop.work.outbox.waiting();
const codes = (): string[] => places.list({ site_id: siteId }, 100).map(({ code }) => code);
const newPlace = (code: string) => ({
  site_id: siteId,
  code,
  name: null,
  zone: null,
  capacity: null,
  blocked: false,
  note: null,
});

describe('the actions of an entity', () => {
  test('create, get, list, update and remove show at once what they did', () => {
    const { id } = places.create(newPlace('B-1'));
    expect(places.get(id)).toEqual({ id, ...newPlace('B-1') });
    expect(codes()).toEqual(['A-1', 'B-1']);
    places.update(id, { blocked: true });
    expect(places.get(id)).toMatchObject({ code: 'B-1', blocked: true });
    places.remove(id);
    expect(places.get(id)).toBeNull();
    expect(codes()).toEqual(['A-1']);
  });

  test('each call is one operation, and one that changes nothing is none', () => {
    expect(places.update(PLACE, { zone: 'Z' })).not.toBeNull();
    expect(waiting()).toBe(1);
    expect(places.update(PLACE, { zone: 'Z' })).toBeNull();
    expect(waiting()).toBe(1);
  });

  test('CreateOrUpdateAll is one operation of all rows', () => {
    const old = must(places.get(PLACE), 'the place');
    places.upsertMany([
      { ...old, name: 'Renamed' },
      { ...newPlace('B-1'), id: idOf(50) },
      { ...newPlace('B-2'), id: idOf(51) },
    ]);
    expect(codes()).toEqual(['A-1', 'B-1', 'B-2']);
    expect(places.get(PLACE)).toMatchObject({ name: 'Renamed' });
    expect(waiting()).toBe(1);
  });

  test('of rows of which one is refused, none is written', () => {
    expect(() =>
      places.upsertMany([
        { ...newPlace('B-1'), id: idOf(50) },
        { ...newPlace('A-1'), id: idOf(51) },
      ]),
    ).toThrow('There is another location with A-1.');
    expect(codes()).toEqual(['A-1']);
    expect(waiting()).toBe(0);
  });
});
