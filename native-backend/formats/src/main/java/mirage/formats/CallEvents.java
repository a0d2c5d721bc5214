// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The debug events of bytecode instructions: of those that can stand in a backtrace (calls and raises), and of others. */
public final class CallEvents {
  private final Bytecode code;
  private final TreeMap<Integer, DebugEvent> events = new TreeMap<>();
  private final TreeSet<Integer> starts = new TreeSet<>();

  /** The instructions that set traps, by the first of the handler. */
  private final TreeMap<Integer, Integer> traps = new TreeMap<>();

  /**
   * @param code of the program, as {@link BytecodeFile#code}
   * @param all its events
   */
  public CallEvents(Bytecode code, List<DebugEvent> all) {
    this.code = code;
    for (DebugEvent event : all) {
      events.merge(event.position(), event, (a, b) -> b.kind() == DebugEvent.Kind.AFTER ? b : a);
    }
    findStarts();
  }

  /** A unit begins with its functions; the branch that leads over them follows the end of the unit before. */
  private void findStarts() {
    boolean unit = true;
    for (Instruction instruction : code.instructions()) {
      for (int function : instruction.labels(Operand.FUNCTION)) {
        starts.add(function);
      }
      for (int handler : instruction.labels(Operand.HANDLER)) {
        traps.put(handler, instruction.pc());
      }
      if (unit && instruction.does(PlainOp.BRANCH)) {
        starts.add(instruction.operand(0));
      }
      unit = instruction.does(PlainOp.SETGLOBAL);
    }
  }

  /** Whether the instruction is a call, of OCaml or C, that returns. */
  public boolean calls(int pc) {
    Instruction instruction = code.at(pc);
    return instruction.does(PlainOp.APPLY) || instruction.does(PlainOp.C_CALL);
  }

  /** Whether the instruction raises an exception that gets a backtrace. */
  public boolean raises(int pc) {
    Instruction instruction = code.at(pc);
    return instruction.does(PlainOp.RAISE) || instruction.does(PlainOp.RERAISE);
  }

  /** What the compiler says of the call or raise at {@code pc}; nothing of other instructions. */
  public Optional<DebugEvent> at(int pc) {
    if (raises(pc)) {
      return Optional.ofNullable(events.get(pc));
    }
    if (!calls(pc)) {
      return Optional.empty();
    }
    // The event marks where the call returns to; the compiler may put it behind a PUSH that
    // follows.
    int end = code.at(pc).next();
    DebugEvent event = events.get(end);
    return Optional.ofNullable(event != null ? event : events.get(end + 1));
  }

  /**
   * Names of a function's parameters, as far as they are known; others are {@code argN}.
   *
   * @param pc of its first instruction
   */
  public List<String> parameters(int pc, int arity) {
    List<String> names = new ArrayList<>();
    Map<Integer, String> known =
        Optional.ofNullable(events.get(pc)).map(Environment::stack).orElse(Map.of());
    for (int i = 0; i < arity; i++) {
      names.add(known.getOrDefault(arity - i, "arg" + (i + 1)));
    }
    return names;
  }

  /**
   * The event that tells best what the instruction belongs to: its own, else the last before it in the function. What a
   * handler does before its first event, to find out whether the exception is meant for it, belongs to its {@code try};
   * that it raises other exceptions again, to nothing.
   */
  public Optional<DebugEvent> around(int pc) {
    Optional<DebugEvent> own = at(pc);
    if (own.isPresent() || raises(pc)) {
      return own;
    }
    Map.Entry<Integer, DebugEvent> last = events.floorEntry(pc);
    Map.Entry<Integer, Integer> handler = traps.floorEntry(pc);
    if (handler != null && (last == null || last.getKey() < handler.getKey())) {
      return around(handler.getValue());
    }
    Integer start = starts.floor(pc);
    return Optional.ofNullable(last)
        .map(Map.Entry::getValue)
        .filter(event -> start == null || event.position() >= start);
  }
}
