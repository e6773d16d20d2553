import { IMAGES } from '../../stacks/versions';
import { engineTitle } from '../support/engine-title';
import { describeWithEngines } from '../support/engines';
import {
  adaptAlertmanager,
  clusterSize,
  startAlertmanager,
  type AlertmanagerHere,
} from '../support/alertmanager-here';
import { eventually, getJson } from '../support/eventually';
import { freePorts } from '../support/programs';
import { renderedFolder, type RenderedFolder } from '../support/rendered';

jest.setTimeout(60_000);

const title = `a pair with prod's arguments in ${engineTitle('alertmanager', IMAGES.alertmanager)}`;

describeWithEngines(['alertmanager'], title, ({ alertmanager }) => {
  let folder: RenderedFolder;
  const pair: AlertmanagerHere[] = [];

  beforeAll(async () => {
    folder = renderedFolder('prod');
    adaptAlertmanager(folder, {});
    const [first = 0, second = 0, ...ports] = await freePorts(4);
    for (const clusterPorts of [
      [first, second],
      [second, first],
    ]) {
      const port = ports[pair.length] ?? 0;
      pair.push(await startAlertmanager({ command: alertmanager, folder, port, clusterPorts }));
    }
  });

  afterAll(async () => {
    await Promise.all(pair.map((member) => member.stop()));
    folder.remove();
  });

  it('see each other', async () => {
    for (const member of pair) {
      expect(
        await eventually(
          'both members',
          () => clusterSize(member),
          (size) => size === 2,
        ),
      ).toBe(2);
    }
  });

  it('tell each other of a silence', async () => {
    const [first, second] = pair;
    const now = Date.now();
    const silence = {
      matchers: [{ name: 'alertname', value: 'HighLatency', isRegex: false, isEqual: true }],
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(now + 3_600_000).toISOString(),
      createdBy: 'test',
      comment: 'seen by both',
    };
    const made = await fetch(`${String(first?.url)}/api/v2/silences`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(silence),
    });
    const { silenceID } = (await made.json()) as { silenceID: string };

    const seen = await eventually(
      'the silence at the other',
      () => getJson(`${String(second?.url)}/api/v2/silences`) as Promise<readonly { id: string }[]>,
      (silences) => silences.length > 0,
    );
    expect(seen).toMatchObject([{ id: silenceID, comment: 'seen by both', status: { state: 'active' } }]);
  });
});
