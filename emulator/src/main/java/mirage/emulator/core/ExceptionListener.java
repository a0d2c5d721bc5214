// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/** Sees exceptions (not interrupts, not window exceptions) before the guest's vector is entered. */
@FunctionalInterface
public interface ExceptionListener {
  /**
   * An instruction cannot complete.
   *
   * @param pc its address
   * @param vector where the core will continue
   * @throws MachineFault to stop the machine instead, see {@link Cpu#fault}
   */
  void raised(Cpu cpu, Cause cause, int pc, int vector);
}
