// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mirage.emulator.bus.AccessFault;
import mirage.emulator.bus.AddressSpace;
import mirage.xtensa.Decoder;
import mirage.xtensa.Flow;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode;

/**
 * The decoded code of an address space, by address. Pages are forgotten when the bus says that they
 * changed.
 */
final class BlockCache {
  private static final int PAGE_SHIFT = 12;
  private static final int MAX_LENGTH = 64;
  private static final int MAX_INSTRUCTION = 3;

  private final AddressSpace space;
  private final State state;
  private final PageTable pages = new PageTable();
  private final Translations translations = new Translations(this);

  /** Blocks of one instruction, for when each has to be looked at. */
  private final PageTable singles = new PageTable();

  /** Addresses where a zero-overhead loop ended at some time: blocks do not run across them. */
  private final Set<Integer> loopEnds = new HashSet<>();

  private final Set<Integer> breakpoints = new HashSet<>();

  BlockCache(AddressSpace space, State state) {
    this.space = space;
    this.state = state;
    space.addCodeListener(this::forget);
  }

  /**
   * The block that starts at {@code pc}.
   *
   * @throws AccessFault if its first instruction cannot be fetched
   */
  Block at(int pc) {
    Block block = pages.at(pc);
    if (block != null) {
      return block;
    }
    return enter(pages, pc, MAX_LENGTH);
  }

  /** The block that starts at {@code pc} if it has been decoded, else null. */
  Block known(int pc) {
    return pages.at(pc);
  }

  /** All blocks that have been decoded. */
  List<Block> known() {
    return pages.all();
  }

  /** Translates a block and what is around it. */
  void translate(Block block, TranslationSupport support) {
    translations.translate(block, support);
  }

  /** The same for the instruction at {@code pc} alone. */
  Block single(int pc) {
    Block block = singles.at(pc);
    if (block != null) {
      return block;
    }
    return enter(singles, pc, 1);
  }

  /** From now on a block ends before {@code address}, for LEND may be set to it. */
  void markLoopEnd(int address) {
    if (loopEnds.add(address) && isCrossed(address)) {
      forget(address);
    }
  }

  /** Whether a decoded block runs across an address. */
  private boolean isCrossed(int address) {
    for (int distance = 1; distance < MAX_LENGTH * MAX_INSTRUCTION; distance++) {
      Block block = pages.at(address - distance);
      if (block != null && block.end - block.start > distance) {
        return true;
      }
    }
    return false;
  }

  boolean isBreakpoint(int address) {
    return breakpoints.contains(address);
  }

  boolean hasBreakpoints() {
    return !breakpoints.isEmpty();
  }

  void setBreakpoint(int address, boolean wanted) {
    boolean changed = wanted ? breakpoints.add(address) : breakpoints.remove(address);
    if (changed) {
      forget(address);
    }
  }

  /** Forgets the code of a page, and what may run into it from the page before. */
  private void forget(int address) {
    int before = address - AddressSpace.PAGE_SIZE;
    singles.forget(address);
    singles.forget(before);
    boolean found = pages.forget(address);
    found |= pages.forget(before);
    found |= translations.forget(address);
    state.leave |= found;
  }

  private Block enter(PageTable table, int pc, int maxLength) {
    Block block = decode(pc, maxLength);
    table.put(pc, block);
    return block;
  }

  private Block decode(int start, int maxLength) {
    List<Instruction> instructions = new ArrayList<>();
    int pc = start;
    int needs = 0;
    int target = 0;
    boolean open = true;
    while (open) {
      Instruction instruction = fetch(pc, instructions.isEmpty());
      if (instruction == null) {
        break;
      }
      instructions.add(instruction);
      pc += instruction.length();
      needs |= Lowering.needs(instruction);
      target = label(instruction);
      if (instruction.opcode().flow() == Flow.LOOP) {
        markLoopEnd(target);
      }
      open =
          !Lowering.endsBlock(instruction.opcode())
              && instructions.size() < maxLength
              && pc >>> PAGE_SHIFT == start >>> PAGE_SHIFT
              && !loopEnds.contains(pc)
              && !breakpoints.contains(pc);
    }
    long[] code = new long[instructions.size() + 1];
    Arrays.setAll(
        code,
        i ->
            i < instructions.size()
                ? Lowering.lower(instructions.get(i))
                : Op.word(Op.END, 0, 0, 0, 0, 0));
    Instruction[] all = instructions.toArray(Instruction[]::new);
    return new Block(start, pc, target, code, all, needs, loopEnds.contains(pc));
  }

  /** The instruction at {@code pc}; null if it cannot be fetched and is not wanted yet. */
  private Instruction fetch(int pc, boolean wanted) {
    try {
      return Decoder.decode(space.fetch(pc), pc).orElse(Instruction.of(Opcode.ILL));
    } catch (AccessFault fault) {
      if (wanted) {
        throw fault;
      }
      return null;
    }
  }

  private static int label(Instruction instruction) {
    int last = instruction.opcode().operands().size() - 1;
    boolean hasLabel = instruction.opcode().flow() != Flow.NEXT && last >= 0;
    return hasLabel ? instruction.operand(last) : 0;
  }
}
