// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import java.util.LinkedHashSet;
import java.util.Set;
import mirage.xtensa.Flow;
import mirage.xtensa.Instruction;

/**
 * Instructions that run one after the other: at most the last one changes control. Bytes of a block
 * start in one page.
 */
final class Block {
  /** Address of the first instruction. */
  final int start;

  /** Address behind the last instruction. */
  final int end;

  /** The label of the last instruction; 0 if it has none. */
  final int target;

  /** Number of instructions. */
  final int length;

  /** Operation words (see {@link Op}), the last one END unless control has changed before. */
  final long[] code;

  final Instruction[] instructions;

  private final int[] addresses;

  /** Whether it ends with a jump to an address in a register. */
  final boolean jumps;

  /** How often it has been interpreted. */
  int runs;

  /** Where its jump through a register has gone, while it was interpreted; first most often as a rule. */
  private final Set<Integer> observed = new LinkedHashSet<>();

  private int lastObserved;

  /** Whether it is part of a translated region. */
  boolean translated;

  /** The translated region control enters here, or null. */
  Region region;

  /** The registers and units it touches, in the bits of {@link State#blocked}. */
  final int needs;

  /** Whether a zero-overhead loop has, or had, its end behind this block. */
  final boolean loopEnd;

  Block(
      int start,
      int end,
      int target,
      long[] code,
      Instruction[] instructions,
      int needs,
      boolean loopEnd) {
    this.start = start;
    this.end = end;
    this.target = target;
    this.length = instructions.length;
    this.code = code;
    this.instructions = instructions;
    this.addresses = addresses(start, instructions);
    this.needs = needs;
    this.loopEnd = loopEnd;
    this.jumps = lastFlow() == Flow.JUMP_REGISTER || lastFlow() == Flow.CALL_REGISTER;
  }

  /** Remembers where the jump through a register went. */
  void observe(int address) {
    if (address != lastObserved) {
      lastObserved = address;
      observed.add(address);
    }
  }

  Set<Integer> observed() {
    return observed;
  }

  /** Where the last instruction sends control. */
  Flow lastFlow() {
    return length == 0 ? Flow.NEXT : instructions[length - 1].opcode().flow();
  }

  /** The address of instruction {@code index}, or the end if that is the length. */
  int address(int index) {
    return addresses[index];
  }

  private static int[] addresses(int start, Instruction[] instructions) {
    int[] addresses = new int[instructions.length + 1];
    addresses[0] = start;
    for (int i = 0; i < instructions.length; i++) {
      addresses[i + 1] = addresses[i] + instructions[i].length();
    }
    return addresses;
  }
}
