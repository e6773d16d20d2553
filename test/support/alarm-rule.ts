import type { AlarmState } from './alarm-evaluator';

/** The state of another alarm, by its name. */
export type StateOf = (alarm: string) => AlarmState;

/** A parsed rule: whether it is true now. */
type Rule = (stateOf: StateOf) => boolean;

const FUNCTIONS: readonly string[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] satisfies AlarmState[];

const TOKEN = /\s*(?:("[^"]*")|([()])|([^\s()"]+))/y;

/**
 * Whether the rule of a composite alarm is true: `ALARM(name)`, `OK("name")`, `INSUFFICIENT_DATA(arn)`, `TRUE` and `FALSE`,
 * with `AND`, `OR`, `NOT` and parentheses.
 *
 * @throws Error if it is no rule. AND beside OR without parentheses is refused too, since AWS does not say which of them
 * is first.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function isRuleTrue(text: string, stateOf: StateOf): boolean {
  const parser = new Parser(text);
  return parser.whole()(stateOf);
}

class Parser {
  private readonly tokens: readonly string[];
  private next = 0;

  constructor(private readonly text: string) {
    this.tokens = tokensOf(text);
  }

  whole(): Rule {
    const rule = this.chain();
    if (this.next < this.tokens.length) throw this.refused(`"${this.tokens[this.next] ?? ''}" is too much`);
    return rule;
  }

  private chain(): Rule {
    const rules = [this.negation()];
    const operators = new Set<string>();
    while (this.tokens[this.next] === 'AND' || this.tokens[this.next] === 'OR') {
      operators.add(this.take());
      rules.push(this.negation());
    }
    if (operators.size > 1) throw this.refused('AND beside OR needs parentheses');
    return operators.has('OR')
      ? (stateOf) => rules.some((rule) => rule(stateOf))
      : (stateOf) => rules.every((rule) => rule(stateOf));
  }

  private negation(): Rule {
    if (this.tokens[this.next] !== 'NOT') return this.term();
    this.take();
    const rule = this.negation();
    return (stateOf) => !rule(stateOf);
  }

  private term(): Rule {
    const token = this.take();
    if (token === 'TRUE' || token === 'FALSE') return () => token === 'TRUE';
    if (token === '(') {
      const rule = this.chain();
      this.expect(')');
      return rule;
    }
    if (!FUNCTIONS.includes(token)) throw this.refused(`"${token}" is no function`);
    this.expect('(');
    const name = nameOf(this.take());
    this.expect(')');
    return (stateOf) => stateOf(name) === token;
  }

  private take(): string {
    const token = this.tokens[this.next];
    if (token === undefined) throw this.refused('it ends too early');
    this.next += 1;
    return token;
  }

  private expect(wanted: string): void {
    const token = this.take();
    if (token !== wanted) throw this.refused(`"${token}" stands where ${wanted} should`);
  }

  private refused(why: string): Error {
    return new Error(`${this.text}: ${why}`);
  }
}

function tokensOf(text: string): readonly string[] {
  const found: string[] = [];
  const rest = text.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < rest.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(rest)?.[0].trim();
    if (token === undefined) throw new Error(`${text}: cannot be read from "${rest.slice(at)}"`);
    found.push(token);
  }
  return found;
}

/** The name of an alarm that is given with or without quotes, as a name or as an ARN. */
function nameOf(token: string): string {
  return token.replace(/^"(.*)"$/, '$1').replace(/^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:/, '');
}
