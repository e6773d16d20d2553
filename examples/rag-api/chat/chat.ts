import { randomUUID } from 'node:crypto';
import { inSpan } from '../../../instrumentation';
import type { Random } from '../random';
import type { Faults } from '../service/faults';
import { HttpError } from '../service/http-error';
import type { People } from './people';
import type { Session, Sessions } from './sessions';
import { runWorkflow, workflowFor } from './workflows';
import type { Reply, Workflow, WorkflowOptions } from './workflows';

/** What chats are made of. */
export interface ChatOptions extends WorkflowOptions {
  readonly sessions: Sessions;
  readonly people: People;
  readonly faults: Faults;
  readonly random: Random;
}

/** An answer to a chat message. */
export interface ChatReply {
  readonly sessionId: string;
  readonly workflow: Workflow;
  readonly text: string;
}

/** Answers one message; without a session it begins one. */
export async function chat(
  options: ChatOptions,
  { userId, sessionId, message }: { userId: string; sessionId?: string; message: string },
): Promise<ChatReply> {
  const { telemetry, sessions, people } = options;
  const { agent, business } = telemetry;
  const start = performance.now();
  people.seen(userId);
  const session = sessionOf(options, userId, sessionId);
  sessions.add(session.id, { role: 'user', text: message });
  business.messagesSent.inc({ role: 'user' });
  try {
    const workflow = workflowFor(message);
    const { text, quality } = await timedWorkflow(options, workflow, session, message);
    sessions.add(session.id, { role: 'assistant', text });
    business.messagesSent.inc({ role: 'assistant' });
    if (quality !== undefined) business.responseQualityScore.observe({}, quality);
    agent.chatRequests.inc({ status: 'success' });
    return { sessionId: session.id, workflow, text };
  } catch (error) {
    agent.chatRequests.inc({ status: 'error' });
    throw error;
  } finally {
    agent.chatResponseDuration.observe({}, (performance.now() - start) / 1000);
  }
}

function sessionOf({ telemetry, sessions }: ChatOptions, userId: string, id?: string): Session {
  if (id === undefined) {
    telemetry.business.chatSessions.inc({});
    return sessions.begin(randomUUID(), userId);
  }
  const session = sessions.get(id);
  if (session?.userId !== userId) throw new HttpError(404, 'not_found', 'there is no such session');
  return session;
}

async function timedWorkflow(
  options: ChatOptions,
  workflow: Workflow,
  session: Session,
  message: string,
): Promise<Reply> {
  const { telemetry, faults, random } = options;
  const { agent } = telemetry;
  const start = performance.now();
  try {
    const reply = await inSpan(telemetry, `workflow ${workflow}`, { workflow }, async () => {
      if (faults.happens('errorBurst', random)) throw new HttpError(500, 'internal', 'the agent is broken');
      return runWorkflow(options, workflow, session, message);
    });
    agent.workflowExecutions.inc({ workflow, status: 'success' });
    return reply;
  } catch (error) {
    agent.workflowExecutions.inc({ workflow, status: 'error' });
    throw error;
  } finally {
    agent.workflowDuration.observe({ workflow }, (performance.now() - start) / 1000);
  }
}
