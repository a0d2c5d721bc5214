// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import mirage.emulator.bus.Rights;

/**
 * One row of the memory map.
 *
 * @param start first address
 * @param size in bytes
 * @param kind what answers there
 * @param name the manual's name; rows of memory with the same name show the same bytes
 * @param offset of memory: first byte of it shown here
 * @param rights of memory: how it can be accessed
 * @param note of an inert or absent part: why it is inert, or what it is
 */
record Area(int start, int size, Kind kind, String name, int offset, Rights rights, String note) {
  /** What answers at an area. */
  enum Kind {
    /** RAM of both cores. */
    MEMORY,
    /** RAM that only the PRO CPU reaches. */
    PRO_MEMORY,
    /** A memory shown in reverse order of words. */
    REVERSED,
    /** ROM, of which the emulator has an image only if the user gives it one. */
    ROM,
    /** A modelled peripheral. */
    BLOCK,
    /** A peripheral that has always done what it is told to, for the reason given. */
    READY,
    /** A peripheral that keeps what is written and has no effect, for the reason given. */
    INERT,
    /** A peripheral that is not modelled. */
    ABSENT
  }

  static Area memory(int start, int size, String name, int offset, Rights rights) {
    return new Area(start, size, Kind.MEMORY, name, offset, rights, "");
  }

  static Area proMemory(int start, int size, String name, Rights rights) {
    return new Area(start, size, Kind.PRO_MEMORY, name, 0, rights, "");
  }

  static Area reversed(int start, int size, String name) {
    return new Area(start, size, Kind.REVERSED, name, 0, null, "");
  }

  static Area rom(int start, int size, String name) {
    return new Area(
        start, size, Kind.ROM, name, 0, null, "no ROM image (--rom); code must not call the ROM");
  }

  static Area block(int start, String name) {
    return block(start, 0x1000, name);
  }

  static Area block(int start, int size, String name) {
    return new Area(start, size, Kind.BLOCK, name, 0, null, "");
  }

  static Area ready(int start, String name, String reason) {
    return new Area(start, 0x1000, Kind.READY, name, 0, null, reason);
  }

  static Area inert(int start, int size, String name, String reason) {
    return new Area(start, size, Kind.INERT, name, 0, null, reason);
  }

  static Area absent(int start, String name, String what) {
    return new Area(start, 0x1000, Kind.ABSENT, name, 0, null, what);
  }
}
