// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/**
 * Ends a region behind the memory access at {@code state.position} of {@code Position.block}; a load's value is in
 * {@code Position.loaded}.
 */
final class Leave extends RuntimeException {
  static final Leave BEHIND = new Leave();

  private static final long serialVersionUID = 1;

  private Leave() {
    super("leave", null, false, false);
  }
}
