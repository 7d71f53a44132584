/** What needs Python, beside jest.config.js of the whole: run by `npm run static`. */
module.exports = { ...require('../../jest.config.js'), rootDir: '../..', testMatch: ['<rootDir>/test/static/**/*.proof.ts'] };
