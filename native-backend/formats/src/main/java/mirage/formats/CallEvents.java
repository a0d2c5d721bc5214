// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The debug events of the instructions that can stand in a backtrace: calls and raises. */
public final class CallEvents {
  private final int[] code;
  private final Map<Integer, DebugEvent> events = new HashMap<>();

  /**
   * @param code of the program, as {@link BytecodeFile#code}
   * @param all its events
   */
  public CallEvents(int[] code, List<DebugEvent> all) {
    this.code = code;
    for (DebugEvent event : all) {
      events.merge(event.position(), event, (a, b) -> b.kind() == DebugEvent.Kind.AFTER ? b : a);
    }
  }

  /** Whether the instruction is a call, of OCaml or C, that returns. */
  public boolean calls(int pc) {
    return switch (BytecodeOp.of(code[pc])) {
      case APPLY, APPLY1, APPLY2, APPLY3 -> true;
      case C_CALL1, C_CALL2, C_CALL3, C_CALL4, C_CALL5, C_CALLN -> true;
      default -> false;
    };
  }

  /** Whether the instruction raises an exception that gets a backtrace. */
  public boolean raises(int pc) {
    return switch (BytecodeOp.of(code[pc])) {
      case RAISE, RERAISE -> true;
      default -> false;
    };
  }

  /** What the compiler says of the call or raise at {@code pc}; nothing of other instructions. */
  public Optional<DebugEvent> at(int pc) {
    if (raises(pc)) {
      return Optional.ofNullable(events.get(pc));
    }
    if (!calls(pc)) {
      return Optional.empty();
    }
    // The event marks where the call returns to; the compiler may put it behind a PUSH that follows.
    int end = pc + BytecodeOp.of(code[pc]).length(code, pc);
    DebugEvent event = events.get(end);
    return Optional.ofNullable(event != null ? event : events.get(end + 1));
  }
}
