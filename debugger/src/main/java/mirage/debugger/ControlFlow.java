// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import mirage.xtensa.Decoder;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode;

/** The ways control takes through one compiled function, read from its machine code. */
final class ControlFlow {
  private final Executable program;
  private final int end;
  private final TreeMap<Integer, Set<Integer>> before = new TreeMap<>(Integer::compareUnsigned);

  /** First instructions of loops that count by themselves, by the addresses behind them. */
  private final Map<Integer, Integer> loops = new HashMap<>();

  /** Jumps by tables. */
  private final Set<Integer> choices = new HashSet<>();

  private final Deque<Integer> unseen = new ArrayDeque<>();

  /**
   * @param start of the function's code
   * @param end behind it
   */
  ControlFlow(Executable program, int start, int end) {
    this.program = program;
    this.end = end;
    unseen.addAll(program.rowsWithin(start, end));
    unseen.addAll(program.pointersWithin(start, end));
    unseen.add(start);
    unseen.forEach(this::known);
    while (!unseen.isEmpty()) {
      follow(unseen.pop());
    }
    loops.forEach((behind, first) -> edge(before.lowerKey(behind), first));
    before.values().stream().filter(Set::isEmpty).forEach(cases -> cases.addAll(choices));
    before.get(start).clear();
  }

  /** Addresses of the instructions. */
  Iterable<Integer> instructions() {
    return before.keySet();
  }

  private boolean known(int address) {
    return before.putIfAbsent(address, new HashSet<>()) != null;
  }

  private void follow(int address) {
    Optional<Instruction> decoded = Decoder.decode(program.word(address), address);
    if (decoded.isEmpty()) {
      return;
    }
    Instruction instruction = decoded.get();
    int next = address + instruction.length();
    int operands = instruction.opcode().operands().size();
    int target = operands == 0 ? 0 : instruction.operand(operands - 1);
    switch (instruction.opcode().flow()) {
      case JUMP -> edge(address, target);
      case BRANCH -> {
        edge(address, target);
        edge(address, next);
      }
      case LOOP -> {
        loops.put(target, next);
        edge(address, target);
        edge(address, next);
      }
      case CALL -> {
        if (!raises(program.name(target))) {
          edge(address, next);
        }
      }
      case NEXT, CALL_REGISTER, TRAP -> {
        if (instruction.opcode() == Opcode.L32R) {
          // A handler's address is loaded where its trap is set.
          edge(address, program.word(target));
        }
        edge(address, next);
      }
      case JUMP_REGISTER -> choices.add(address);
      case RETURN, RESUME -> {}
    }
  }

  /** Calls of these routines of the run-time system do not return. */
  private static boolean raises(String name) {
    return name.startsWith("caml_native_raise") || name.startsWith("caml_native_reraise");
  }

  private void edge(int from, int to) {
    if (Integer.compareUnsigned(to, end) < 0
        && Integer.compareUnsigned(to, before.firstKey()) >= 0) {
      if (!known(to)) {
        unseen.push(to);
      }
      before.get(to).add(from);
    }
  }

  /**
   * The nearest instructions from which control comes to one.
   *
   * @param counts which instructions are meant; through others it is looked
   * @return nothing if control can come from outside the function
   */
  Optional<Set<Integer>> sources(int address, IntPredicate counts) {
    Set<Integer> found = new HashSet<>();
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(Set.of(address));
    while (!open.isEmpty()) {
      Set<Integer> previous = before.get(open.pop());
      if (previous.isEmpty()) {
        return Optional.empty();
      }
      for (int p : previous) {
        if (counts.test(p)) {
          found.add(p);
        } else if (seen.add(p)) {
          open.push(p);
        }
      }
    }
    return Optional.of(found);
  }
}
