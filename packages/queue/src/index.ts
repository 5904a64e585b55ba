export { type QueueBackend, type QueueEnv, queueBackend } from './backend.ts';
export { type Consumer, type ConsumerOptions, drainTimeoutMs, openConsumer } from './consumer.ts';
export { pingQueue } from './ping.ts';
export { type ProbeRole, prepareQueue } from './prepare.ts';
export { openProducer, type Producer, type SendOptions } from './producer.ts';
