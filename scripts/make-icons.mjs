#!/usr/bin/env node
// Draws resources/icons/icon.svg at the sizes that Windows and macOS want. Run by hand when the drawing changes; needs Chromium.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './lib/paths.mjs';
import { findPeer } from './lib/peers.mjs';

const folder = join(root, 'resources', 'icons');
const executablePath = findPeer('chromium');
if (executablePath === undefined) throw new Error('Chromium is not installed');

const drawing = readFileSync(join(folder, 'icon.svg'), 'utf8');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage();

/** @param {number} size */
async function draw(size) {
  await page.setViewportSize({ width: size, height: size });
  const sized = drawing.replace(/width="1024" height="1024"/, `width="${size}" height="${size}"`);
  await page.setContent(`<body style="margin:0;line-height:0">${sized}`);
  return page.screenshot({ omitBackground: true });
}

/** @type {Map<number, Buffer>} */
const images = new Map();
for (const size of [16, 32, 48, 64, 128, 256, 512, 1024]) images.set(size, await draw(size));
await browser.close();

/** @param {number} size */
function image(size) {
  const found = images.get(size);
  if (found === undefined) throw new Error(`${size} was not drawn`);
  return found;
}

writeFileSync(join(folder, 'icon.png'), image(1024));
writeFileSync(join(folder, 'icon.ico'), windowsIcon([16, 32, 48, 64, 128, 256]));
writeFileSync(join(folder, 'icon.icns'), macIcon());

/**
 * ICONDIR: reserved u16, type u16 = 1, count u16; then for each image an ICONDIRENTRY of 16 bytes: width u8, height u8 (0 is 256),
 * colours u8, reserved u8, planes u16, bits u16, length u32, offset u32; then the images, as PNG. Little-endian.
 * @param {readonly number[]} sizes
 */
function windowsIcon(sizes) {
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  for (const [index, size] of sizes.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(image(size).length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += image(size).length;
  }
  return Buffer.concat([head, ...sizes.map(image)]);
}

/** `icns`, total length u32; then for each image its type, its length with these eight bytes u32, and the PNG. Big-endian. */
function macIcon() {
  const types = /** @type {const} */ ([
    ['ic07', 128],
    ['ic08', 256],
    ['ic09', 512],
    ['ic10', 1024],
    ['ic11', 32],
    ['ic12', 64],
  ]);
  const parts = types.map(([type, size]) => chunk(type, image(size)));
  return chunk('icns', Buffer.concat(parts));
}

/**
 * @param {string} type four characters
 * @param {Buffer} content
 */
function chunk(type, content) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}
