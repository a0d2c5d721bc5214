// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import mirage.formats.BytecodeFile;
import mirage.formats.DebugEvent;
import mirage.formats.DebugEvent.Kind;
import mirage.formats.DebugEvent.Location;
import mirage.formats.Instruction;
import mirage.formats.Operand;
import mirage.formats.PlainOp;

/** Where in the sources instructions come from, as near as the debug events tell. */
final class Places {
  private final List<Unit> units;
  private final TreeMap<Integer, DebugEvent> events = new TreeMap<>();

  /** First words of functions and of the units' toplevel code: events of one tell nothing of another. */
  private final TreeSet<Integer> starts = new TreeSet<>();

  Places(BytecodeFile file) {
    units = Unit.of(file);
    file.events().forEach(event -> events.merge(event.position(), event, Places::better));
    for (Instruction instruction : file.code().instructions()) {
      for (int function : instruction.labels(Operand.FUNCTION)) {
        starts.add(function);
      }
    }
    for (Unit unit : units) {
      // A unit begins with a jump over its functions.
      Instruction first = file.code().at(unit.start());
      starts.add(first.does(PlainOp.BRANCH) ? first.operand(0) : first.pc());
    }
  }

  private static DebugEvent better(DebugEvent one, DebugEvent other) {
    return other.kind() == Kind.AFTER ? other : one;
  }

  /** The compilation units, in the order they were linked. */
  List<Unit> units() {
    return units;
  }

  /** The name of the unit an instruction belongs to, {@code ?} if it has none. */
  String unit(int pc) {
    int low = 0;
    int high = units.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (pc < units.get(middle).end()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < units.size() ? units.get(low).name() : "?";
  }

  /** {@code file:line} of an instruction; the unit's name where nothing is known. */
  String line(int pc) {
    Integer start = starts.floor(pc);
    Integer end = starts.higher(pc);
    Map.Entry<Integer, DebugEvent> before = events.floorEntry(pc);
    Map.Entry<Integer, DebugEvent> after = events.higherEntry(pc);
    boolean known = before != null && (start == null || before.getKey() >= start);
    boolean follows = after != null && (end == null || after.getKey() <= end);
    if (follows && (!known || narrower(after.getValue(), before.getValue()))) {
      return text(after.getValue());
    }
    return known ? text(before.getValue()) : unit(pc);
  }

  /** A call that comes next encloses its arguments; often more closely than what came before does. */
  private static boolean narrower(DebugEvent after, DebugEvent before) {
    return after.kind() == Kind.AFTER && lines(after.location()) <= lines(before.location());
  }

  private static int lines(Location location) {
    return location.endLine() - location.line();
  }

  private static String text(DebugEvent event) {
    return event.location().file() + ":" + event.location().line();
  }
}
