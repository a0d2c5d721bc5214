// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.xtensa.Instruction;

/** Sees every instruction before it runs; the core is much slower then. */
@FunctionalInterface
public interface Tracer {
  void instruction(Cpu cpu, int pc, Instruction instruction);
}
