/* refills-crc16.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-crc16.h"

/**
 * refills_crc16:
 * @bytes: (array length=length): what to sum
 * @length: how many bytes
 *
 * Returns: the CRC of XMODEM: polynomial 0x1021, from 0, most significant bit first. Addresses of TON (TEP-2) and of
 *   Stellar (SEP-23) end with it
 */
guint16
refills_crc16 (const guint8 *bytes,
               gsize         length)
{
  guint32 crc = 0;

  for (gsize i = 0; i < length; i++) {
    crc ^= (guint32) bytes[i] << 8;
    for (guint bit = 0; bit < 8; bit++)
      crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x1021) & 0xffff : crc << 1;
  }

  return (guint16) crc;
}
