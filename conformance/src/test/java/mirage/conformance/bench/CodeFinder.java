// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import mirage.formats.Elf32;
import mirage.xtensa.Decoder;
import mirage.xtensa.Flow;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode;

/**
 * Follows control through a program from its entry and all its functions: literals between them are no code. Behind the call
 * of a function that never returns they are followed too, so what reaches into a literal or a function is left out.
 */
final class CodeFinder {
  /** Bytes of a high product, and of a literal, which is aligned. */
  private static final int LONG = 3;

  private static final int WORD = 4;

  private final Elf32 program;
  private final Set<Integer> seen = new HashSet<>();
  private final Set<Integer> literals = new HashSet<>();
  private final Set<Integer> functions = new HashSet<>();
  private final Deque<Integer> waiting = new ArrayDeque<>();

  CodeFinder(Elf32 program) {
    this.program = program;
  }

  /** The high products {@code muluh}, by address. */
  Map<Integer, Instruction> highProducts() {
    Map<Integer, Instruction> found = new TreeMap<>();
    waiting.add(program.entry());
    for (Elf32.Symbol symbol : program.symbols()) {
      if (symbol.kind() == Elf32.Kind.FUNCTION && symbol.section() >= 0) {
        functions.add(symbol.value());
      }
    }
    waiting.addAll(functions);
    while (!waiting.isEmpty()) {
      int at = waiting.remove();
      while (seen.add(at)) {
        Optional<Instruction> decoded = decode(at);
        if (decoded.isEmpty()) {
          break;
        }
        Instruction instruction = decoded.get();
        if (instruction.opcode() == Opcode.MULUH) {
          found.put(at, instruction);
        }
        follow(instruction);
        if (ends(instruction.opcode().flow())) {
          break;
        }
        at += instruction.length();
      }
    }
    found.keySet().removeIf(this::reachesElsewhere);
    return found;
  }

  private boolean reachesElsewhere(int at) {
    return IntStream.range(at, at + LONG)
        .anyMatch(n -> literals.contains(n & -WORD) || n > at && functions.contains(n));
  }

  private void follow(Instruction instruction) {
    int last = instruction.opcode().operands().size() - 1;
    switch (instruction.opcode().flow()) {
      case BRANCH, JUMP, CALL, LOOP -> waiting.add(instruction.operand(last));
      default -> {
        if (instruction.opcode() == Opcode.L32R) {
          literals.add(instruction.operand(last));
        }
      }
    }
  }

  private static boolean ends(Flow flow) {
    return switch (flow) {
      case JUMP, JUMP_REGISTER, RETURN, RESUME -> true;
      default -> false;
    };
  }

  private Optional<Instruction> decode(int at) {
    return word(at).flatMap(word -> Decoder.decode(word, at));
  }

  private Optional<Integer> word(int address) {
    for (Elf32.Segment segment : program.segments()) {
      int offset = address - segment.address();
      if (offset >= 0 && offset + 2 <= segment.data().length) {
        byte[] data = segment.data();
        int third = offset + 3 <= data.length ? data[offset + 2] & 0xff : 0;
        return Optional.of(data[offset] & 0xff | (data[offset + 1] & 0xff) << 8 | third << 16);
      }
    }
    return Optional.empty();
  }
}
