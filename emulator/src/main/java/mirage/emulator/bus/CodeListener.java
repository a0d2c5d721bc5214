// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

/** Whoever keeps decoded code and has to forget it when the bytes behind it change. */
@FunctionalInterface
public interface CodeListener {
  /** The page of {@link Page#SIZE} bytes at {@code address} no longer holds the code it held. */
  void codeChanged(int address);
}
