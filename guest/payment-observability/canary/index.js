'use strict';

// From syn-nodejs-puppeteer-13.1 the library has new names. The old ones still work there, until AWS removes them.
const synthetics = requireEither('@aws/synthetics-puppeteer', 'Synthetics');
const log = requireEither('@aws/synthetics-logger', 'SyntheticsLogger');

const PAGE_TIMEOUT_MS = 30_000;

exports.handler = async () => {
  const url = process.env.HEALTH_CHECK_URL;
  if (!url) {
    throw new Error('HEALTH_CHECK_URL is not set: the canary does not know what to check');
  }

  const page = await synthetics.getPage();
  const response = await page.goto(url, { waitUntil: 'domcontentloaded', timeout: PAGE_TIMEOUT_MS });
  if (!response) {
    throw new Error(`${url} gave no response`);
  }

  const status = response.status();
  log.info(`${url} answered with status ${status}`);
  if (status !== 200) {
    throw new Error(`Health check of ${url} failed with status ${status}`);
  }
};

function requireEither(current, legacy) {
  try {
    return require(current);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') {
      throw error;
    }
    return require(legacy);
  }
}
