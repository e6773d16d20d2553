import { createServer, type AddressInfo, type Socket } from 'node:net';

/** One message that came in. */
export interface ReceivedMail {
  /** Name and password that the sender gave. */
  readonly login: string;
  readonly recipients: readonly string[];
  /** Headers and body as sent. */
  readonly text: string;
}

/** A mail server on loopback that delivers nothing. */
export interface SmtpSink {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  stop(): Promise<void>;
}

/** One sender's conversation: what is answered to each line, and what came together so far. */
class Conversation {
  private login = '';
  private recipients: string[] = [];
  private lines: string[] | undefined;

  constructor(private readonly received: (mail: ReceivedMail) => void) {}

  /** The answer to a line; nothing while the message itself comes in. */
  answer(line: string): string | undefined {
    if (this.lines !== undefined) return this.answerToText(this.lines, line);
    const [verb = ''] = line.toUpperCase().split(' ');
    switch (verb) {
      case 'EHLO':
        return '250-sink\r\n250 AUTH PLAIN';
      case 'AUTH':
        this.login = Buffer.from(line.split(' ')[2] ?? '', 'base64')
          .toString()
          .split('\0')
          .slice(1)
          .join(':');
        return '235 welcome';
      case 'RCPT':
        this.recipients.push(/<(.*)>/.exec(line)?.[1] ?? line);
        return '250 ok';
      case 'DATA':
        this.lines = [];
        return '354 go on';
      case 'QUIT':
        return '221 bye';
      default:
        return '250 ok';
    }
  }

  private answerToText(lines: string[], line: string): string | undefined {
    if (line !== '.') {
      lines.push(line);
      return undefined;
    }
    this.received({ login: this.login, recipients: this.recipients, text: lines.join('\n') });
    this.lines = undefined;
    this.recipients = [];
    return '250 taken';
  }
}

function converse(socket: Socket, received: (mail: ReceivedMail) => void): void {
  const conversation = new Conversation(received);
  let rest = '';
  socket.write('220 sink\r\n');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    const lines = `${rest}${chunk.toString()}`.split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const answer = conversation.answer(line);
      if (answer !== undefined) socket.write(`${answer}\r\n`);
    }
  });
}

/** Starts a mail server on a free port; it speaks without TLS. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    converse(socket, (mail) => mails.push(mail));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
