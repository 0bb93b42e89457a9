'use strict';

// Tests of the canary's script with fakes in place of the library that only the Synthetics runtime has.
// Run with `node --test guest/payment-observability/canary/index.test.js`.

const assert = require('node:assert/strict');
const Module = require('node:module');
const { afterEach, beforeEach, describe, it, mock } = require('node:test');

const HEALTH_URL = 'https://api.example.com/health';

const RUNTIMES = [
  { name: 'before 13.1', library: 'Synthetics', logger: 'SyntheticsLogger' },
  { name: 'from 13.1', library: '@aws/synthetics-puppeteer', logger: '@aws/synthetics-logger' },
];

beforeEach(() => {
  process.env.HEALTH_CHECK_URL = HEALTH_URL;
});

afterEach(() => {
  mock.restoreAll();
  delete process.env.HEALTH_CHECK_URL;
});

function fakeLibrary(answer) {
  const page = { goto: mock.fn(answer) };
  return {
    page,
    synthetics: { getPage: mock.fn(async () => page) },
    log: { info: mock.fn() },
  };
}

const answering = (status) => async () => ({ status: () => status });

// Loads the script anew where `require` finds exactly `modules`. A function among them is called: it may throw.
function loadCanary(modules) {
  const load = Module._load;
  mock.method(Module, '_load', function (request, ...rest) {
    if (!Object.hasOwn(modules, request)) {
      return load.call(this, request, ...rest);
    }
    const module = modules[request];
    return typeof module === 'function' ? module() : module;
  });
  delete require.cache[require.resolve('./index.js')];
  return require('./index.js');
}

for (const { name, library, logger } of RUNTIMES) {
  describe(`in a runtime ${name}`, () => {
    const load = (fake) => loadCanary({ [library]: fake.synthetics, [logger]: fake.log });

    it('passes when the URL answers with 200, and logs the status', async () => {
      const fake = fakeLibrary(answering(200));
      await load(fake).handler();
      assert.match(fake.log.info.mock.calls[0].arguments[0], /status 200$/);
    });

    it('opens the URL of the environment, with a time limit', async () => {
      const fake = fakeLibrary(answering(200));
      await load(fake).handler();
      assert.deepEqual(fake.page.goto.mock.calls[0].arguments, [
        HEALTH_URL,
        { waitUntil: 'domcontentloaded', timeout: 30_000 },
      ]);
    });

    for (const status of [204, 404, 503]) {
      it(`fails with an Error when the URL answers with ${status}`, async () => {
        const fake = fakeLibrary(answering(status));
        await assert.rejects(load(fake).handler(), (error) => {
          assert.ok(error instanceof Error);
          assert.equal(error.message, `Health check of ${HEALTH_URL} failed with status ${status}`);
          return true;
        });
      });
    }

    it('fails with an Error when there is no response', async () => {
      const fake = fakeLibrary(async () => null);
      await assert.rejects(load(fake).handler(), new Error(`${HEALTH_URL} gave no response`));
    });

    it("passes the page's own error on", async () => {
      const failure = new Error('net::ERR_NAME_NOT_RESOLVED');
      const fake = fakeLibrary(async () => {
        throw failure;
      });
      await assert.rejects(load(fake).handler(), failure);
    });

    for (const url of [undefined, '']) {
      it(`opens no page when HEALTH_CHECK_URL is ${url === '' ? 'empty' : 'missing'}`, async () => {
        if (url === undefined) {
          delete process.env.HEALTH_CHECK_URL;
        } else {
          process.env.HEALTH_CHECK_URL = url;
        }
        const fake = fakeLibrary(answering(200));
        await assert.rejects(load(fake).handler(), /HEALTH_CHECK_URL is not set/);
        assert.equal(fake.synthetics.getPage.mock.callCount(), 0);
      });
    }
  });
}

describe('loading the library', () => {
  it('prefers the new names where the runtime has both', async () => {
    const [old, current] = [fakeLibrary(answering(503)), fakeLibrary(answering(200))];
    const canary = loadCanary({
      Synthetics: old.synthetics,
      SyntheticsLogger: old.log,
      '@aws/synthetics-puppeteer': current.synthetics,
      '@aws/synthetics-logger': current.log,
    });
    await canary.handler();
    assert.equal(old.synthetics.getPage.mock.callCount(), 0);
  });

  it('does not hide a new library that is there and broken', () => {
    const old = fakeLibrary(answering(200));
    const broken = () => {
      throw new SyntaxError('broken library');
    };
    assert.throws(
      () => loadCanary({ '@aws/synthetics-puppeteer': broken, Synthetics: old.synthetics, SyntheticsLogger: old.log }),
      /broken library/,
    );
  });

  it('fails outside Synthetics', () => {
    assert.throws(() => loadCanary({}), { code: 'MODULE_NOT_FOUND' });
  });
});
