// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

/**
 * A range of addresses whose accesses are seen before they happen.
 *
 * @param address first address
 * @param size in bytes; a power of two of which {@code address} is a multiple, at most a page
 * @param loads whether loads are seen
 * @param stores whether stores are seen
 * @param action what happens; it may throw, and the access does not take place
 */
public record Watchpoint(int address, int size, boolean loads, boolean stores, Runnable action) {
  boolean concerns(int page, boolean load) {
    return address >>> Page.SHIFT == page && (load ? loads : stores);
  }

  boolean touchedBy(int at, int length) {
    return Integer.compareUnsigned(at - address, size) < 0
        || Integer.compareUnsigned(address - at, length) < 0;
  }
}
