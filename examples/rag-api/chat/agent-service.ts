import { startTelemetry } from '../../../instrumentation';
import type { AgentTelemetry } from '../../../instrumentation';
import { MODELS } from '../model/models';
import { PretendedProvider } from '../model/provider';
import { randomFor } from '../random';
import { knowledgeBase, readDocuments } from '../retrieval/knowledge-base';
import type { Faults } from '../service/faults';
import type { Service } from '../service/service';
import type { Settings } from '../service/settings';
import { telemetryOptions } from '../service/telemetry-options';
import { People } from './people';
import { chatRoutes, PLANS } from './routes';
import { Sessions } from './sessions';
import { WORKFLOWS } from './workflows';

/** How often sessions are looked through for those that are over, in milliseconds. */
const LOOK_MILLISECONDS = 5000;

/** The agent: chats in sessions, by workflows, for users. */
export function agentService(settings: Settings, faults: Faults): Service {
  const { seed, latencyFactor, ragApiUrl, uploadUrl, apiKey } = settings;
  const telemetry = startTelemetry({
    ...telemetryOptions(settings),
    service: 'agent-api',
    model: MODELS.primary.model,
    known: {
      models: [MODELS.primary, MODELS.fallback],
      workflows: [...WORKFLOWS],
      plans: [...PLANS],
    },
  });
  const { agent, business } = telemetry;
  const knowledge = knowledgeBase(readDocuments());
  const { embedder } = knowledge;
  const provider = new PretendedProvider({
    embedder,
    faults,
    latencyFactor,
    random: randomFor(seed, 'agent'),
  });
  const sessions = new Sessions({
    idleSeconds: settings.sessionIdleSeconds,
    onEnd: (seconds) => {
      agent.sessionDuration.observe({}, seconds);
    },
  });
  const people = new People(settings.daySeconds);
  agent.activeSessions.follow({}, () => sessions.active);
  for (const period of ['day', 'month'] as const) {
    business.activeUsers.follow({ period }, () => people.active(period));
  }
  const stopLooking = keepUp(telemetry, sessions, people);
  const random = randomFor(seed, 'chat');
  return {
    telemetry,
    isReady: () => true,
    routes: (server) => {
      const parts = { telemetry, knowledge, provider, ragApiUrl, apiKey, sessions, people, faults, random };
      chatRoutes(server, { ...parts, uploadUrl });
    },
    stop: () => {
      stopLooking();
      sessions.endAll();
      return Promise.resolve();
    },
  };
}

/** Ends sessions that are over, and tells how content users are; returns what stops it. */
function keepUp({ business }: AgentTelemetry, sessions: Sessions, people: People): () => void {
  const timer = setInterval(() => {
    sessions.endIdle();
    const mean = people.satisfaction();
    if (mean !== undefined) business.userSatisfactionScore.set({}, mean);
  }, LOOK_MILLISECONDS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
