import { allRoutes, matches, receiversFor, type Route } from '../../../constructs/alertmanager/routing';

function tree(routes: readonly Route[]) {
  return { root: { receiver: 'root', matchers: [], routes }, receivers: [], inhibitRules: [] };
}

function when(label: string, value: string): Pick<Route, 'matchers'> {
  return { matchers: [{ label, operator: '=', value }] };
}

describe('receiversFor', () => {
  it('gives the root what no child takes', () => {
    expect(receiversFor(tree([{ receiver: 'a', ...when('team', 'x') }]), { team: 'y' })).toEqual(['root']);
  });

  it('stops at the first child that takes the alert', () => {
    const model = tree([
      { receiver: 'first', ...when('team', 'x') },
      { receiver: 'second', ...when('team', 'x') },
    ]);

    expect(receiversFor(model, { team: 'x' })).toEqual(['first']);
  });

  it('tries the later siblings of a child that says continue, and not the root beside it', () => {
    const model = tree([
      { receiver: 'first', ...when('team', 'x'), continue: true },
      { receiver: 'other', ...when('team', 'y') },
      { receiver: 'second', ...when('team', 'x') },
    ]);

    expect(receiversFor(model, { team: 'x' })).toEqual(['first', 'second']);
  });

  it('goes down to the deepest route that matches', () => {
    const model = tree([
      {
        receiver: 'outer',
        ...when('team', 'x'),
        routes: [{ receiver: 'inner', ...when('severity', 'critical') }],
      },
    ]);

    expect(receiversFor(model, { team: 'x', severity: 'critical' })).toEqual(['inner']);
    expect(receiversFor(model, { team: 'x', severity: 'warning' })).toEqual(['outer']);
  });
});

describe('matches', () => {
  it.each([
    ['=', 'a', { l: 'a' }, true],
    ['=', '', {}, true],
    ['!=', 'a', {}, true],
    ['!=', 'a', { l: 'a' }, false],
    ['=~', 'a|b', { l: 'b' }, true],
    ['=~', 'a|b', { l: 'ab' }, false],
    ['!~', 'a|b', { l: 'ab' }, true],
    ['!~', 'a.*', { l: 'ab' }, false],
  ] as const)(
    'compares %s "%s" with the whole value, absent as empty',
    (operator, value, labels, expected) => {
      expect(matches([{ label: 'l', operator, value }], labels)).toBe(expected);
    },
  );
});

describe('allRoutes', () => {
  it('lists the tree, parents first', () => {
    const { root } = tree([{ receiver: 'a', matchers: [], routes: [{ receiver: 'b', matchers: [] }] }]);

    expect(allRoutes(root).map(({ receiver }) => receiver)).toEqual(['root', 'a', 'b']);
  });
});
