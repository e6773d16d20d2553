import { queryParameters } from './cloudwatch-here';

describe('a call by JSON', () => {
  it('is written as the Query protocol writes lists, members and times', () => {
    const data = [{ MetricName: 'A', Timestamp: 1_700_000_000, Values: [1, 2.5] }, { MetricName: 'B' }];
    expect(queryParameters({ Namespace: 'N', MetricData: data })).toEqual({
      Namespace: 'N',
      'MetricData.member.1.MetricName': 'A',
      'MetricData.member.1.Timestamp': '2023-11-14T22:13:20.000Z',
      'MetricData.member.1.Values.member.1': '1',
      'MetricData.member.1.Values.member.2': '2.5',
      'MetricData.member.2.MetricName': 'B',
    });
  });
});
