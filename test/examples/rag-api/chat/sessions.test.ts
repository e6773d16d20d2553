import { People } from '../../../../examples/rag-api/chat/people';
import { Sessions } from '../../../../examples/rag-api/chat/sessions';
import { workflowFor } from '../../../../examples/rag-api/chat/workflows';

describe('the sessions of the agent', () => {
  let now = 0;
  const ended: number[] = [];
  const sessions = new Sessions({ idleSeconds: 60, onEnd: (seconds) => ended.push(seconds), now: () => now });

  beforeEach(() => {
    sessions.endAll();
    ended.length = 0;
  });

  it('tell how long they took, from the first message to the last', () => {
    sessions.begin('a', 'ada');
    now += 42_000;
    sessions.add('a', { role: 'user', text: 'Hello' });
    now += 10_000;
    expect(sessions.end('a')).toBe(true);
    expect(sessions.end('a')).toBe(false);
    expect(ended).toEqual([42]);
  });

  it('are over when no message has come for too long', () => {
    sessions.begin('a', 'ada');
    now += 30_000;
    sessions.begin('b', 'bob');
    now += 30_001;
    expect(sessions.active).toBe(1);
    expect(sessions.get('a')).toBeUndefined();
    expect(sessions.get('b')?.userId).toBe('bob');
  });

  it('keep the last messages only', () => {
    const session = sessions.begin('a', 'ada');
    for (let at = 0; at < 50; at++) sessions.add('a', { role: 'user', text: String(at) });
    expect(session.messages).toHaveLength(40);
    expect(session.messages.at(-1)?.text).toBe('49');
  });
});

describe('figures about people', () => {
  it('count different users of the last day and month', () => {
    let now = 0;
    const people = new People(10, () => now);
    people.seen('ada');
    people.seen('ada');
    people.seen('bob');
    now = 11_000;
    people.seen('bob');
    expect([people.active('day'), people.active('month')]).toEqual([1, 2]);
    now = 301_000;
    expect(people.active('month')).toBe(1);
  });

  it('are content by the mean of the marks of the last day', () => {
    let now = 0;
    const people = new People(10, () => now);
    expect(people.satisfaction()).toBeUndefined();
    people.rate(1);
    now = 5000;
    people.rate(4);
    expect(people.satisfaction()).toBe(2.5);
    now = 10_001;
    expect(people.satisfaction()).toBe(4);
  });
});

describe('the workflow of a message', () => {
  it.each([
    ['Hello there', 'greet'],
    ['Please summarise this.', 'summarise'],
    ['When do you open?', 'answer'],
    ['Is the high gear broken?', 'answer'],
  ])('"%s" is %s', (message, workflow) => {
    expect(workflowFor(message)).toBe(workflow);
  });
});
