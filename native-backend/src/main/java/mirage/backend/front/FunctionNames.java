// SPDX-License-Identifier: Apache-2.0
package mirage.backend.front;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import mirage.formats.BytecodeFile;
import mirage.formats.DebugEvent;
import mirage.formats.Instruction;
import mirage.formats.Operand;

/** Names of functions, from the first debug event in the code of each. */
public final class FunctionNames {
  private final TreeSet<Integer> entries = new TreeSet<>();
  private final TreeMap<Integer, String> definitions = new TreeMap<>();

  public FunctionNames(BytecodeFile file) {
    for (DebugEvent event : file.events()) {
      if (!event.definition().isEmpty()) {
        definitions.putIfAbsent(event.position(), event.definition());
      }
    }
    for (Instruction instruction : file.code().instructions()) {
      for (int entry : instruction.labels(Operand.FUNCTION)) {
        entries.add(entry);
      }
    }
  }

  /** The name of the function that begins there, as {@code Queens.solve}; null when it has no events. */
  public String at(int entry) {
    Map.Entry<Integer, String> first = definitions.ceilingEntry(entry);
    Integer next = entries.higher(entry);
    return first == null || next != null && first.getKey() > next ? null : first.getValue();
  }
}
