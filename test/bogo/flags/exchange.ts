import type { Settings } from '../../../src/handshake/flow/settings.ts';
import { type Check, equals } from '../checks.ts';
import { type FlagTable, integer, text, toggle } from './flag.ts';

/** What is said after the handshake. */
export interface ExchangePlan {
  readonly checks: Check[];
  exporter: { length: number; label: string; context: string; hasContext: boolean };
  writesFirst: boolean;
  shutsDown: boolean;
  /** Bytes of a read; undefined: as many as is usual. */
  readSize: number | undefined;
  updatesKeys: boolean;
  /** The end must be a close_notify, ours too. */
  checksCloseNotify: boolean;
  maxSendFragment: number | undefined;
  /** All messages in both directions, one a line. */
  trace: string | undefined;
}

export function exchangePlan(): Omit<ExchangePlan, 'checks'> {
  return {
    exporter: { length: 0, label: '', context: '', hasContext: false },
    writesFirst: false,
    shutsDown: false,
    readSize: undefined,
    updatesKeys: false,
    checksCloseNotify: false,
    maxSendFragment: undefined,
    trace: undefined,
  };
}

export const exchangeFlags: FlagTable<ExchangePlan> = {
  'export-keying-material': integer(({ exporter }, length) => {
    exporter.length = length;
  }),
  'export-label': text(({ exporter }, label) => {
    exporter.label = label;
  }),
  'export-context': text(({ exporter }, context) => {
    exporter.context = context;
  }),
  'use-export-context': toggle(({ exporter }) => {
    exporter.hasContext = true;
  }),
  'shim-writes-first': toggle((plan) => {
    plan.writesFirst = true;
  }),
  'shim-shuts-down': toggle((plan) => {
    plan.shutsDown = true;
  }),
  'read-size': integer((plan, bytes) => {
    plan.readSize = bytes;
  }),
  'key-update': toggle((plan) => {
    plan.updatesKeys = true;
  }),
  'check-close-notify': toggle((plan) => {
    plan.checksCloseNotify = true;
  }),
  'max-send-fragment': integer((plan, bytes) => {
    plan.maxSendFragment = bytes;
  }),
  'expect-msg-callback': text((plan, trace) => {
    plan.trace = trace;
  }),
  'expect-hrr': toggle(({ checks }) => {
    checks.push(equals('the retry', true, ({ retried }) => retried));
  }),
  'expect-no-hrr': toggle(({ checks }) => {
    checks.push(equals('the retry', false, ({ retried }) => retried));
  }),
};

export function exchangeSettings({ maxSendFragment }: ExchangePlan): Partial<Settings> {
  return maxSendFragment === undefined ? {} : { maxSendFragment };
}
