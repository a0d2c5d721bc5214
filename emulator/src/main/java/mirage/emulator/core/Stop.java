// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/** Why a core stopped running. */
public enum Stop {
  /** It ran as many instructions as it was allowed to. */
  BUDGET,
  /** It waits for an interrupt. */
  WAITING,
  /** The next instruction has a breakpoint. */
  BREAKPOINT,
  /** {@link Cpu#stop} was called. */
  REQUEST
}
