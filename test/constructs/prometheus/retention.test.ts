import { retention } from '../../../constructs/prometheus/retention';

const volume = { sizeGiB: 20, storageClass: 'gp3' };

describe('retention', () => {
  it('keeps samples for the days of the environment and fills four fifths of the volume', () => {
    expect(retention({ volume, retentionDays: 30 })).toEqual({ time: '30d', size: '16GB' });
  });

  it('writes a size that is no whole number of GiB in MiB', () => {
    expect(retention({ volume: { ...volume, sizeGiB: 8 }, retentionDays: 1 }).size).toBe('6553MB');
  });

  it('takes the size of the environment', () => {
    expect(retention({ volume, retentionDays: 30, retentionSizeGiB: 12.5 }).size).toBe('12800MB');
    expect(retention({ volume, retentionDays: 30, retentionSizeGiB: 20 }).size).toBe('20GB');
  });

  it('refuses a size over the volume', () => {
    expect(() => retention({ volume, retentionDays: 30, retentionSizeGiB: 21 })).toThrow(
      'prometheus.retentionSizeGiB: 21 GiB on a volume of 20 GiB; allowed: more than 0 and at most 20 GiB; mend: leave it out for 80 % of the volume, or enlarge prometheus.volume.sizeGiB',
    );
  });

  it.each([0, -1, Number.NaN])('refuses a size of %p GiB', (retentionSizeGiB) => {
    expect(() => retention({ volume, retentionDays: 30, retentionSizeGiB })).toThrow(
      'prometheus.retentionSizeGiB',
    );
  });

  it.each([0, 1.5, -3])('refuses %p days', (retentionDays) => {
    expect(() => retention({ volume, retentionDays })).toThrow(
      `prometheus.retentionDays: ${String(retentionDays)}; allowed: whole days, at least 1; mend: use 30`,
    );
  });
});
