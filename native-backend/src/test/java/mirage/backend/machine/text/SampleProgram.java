// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.text;

import java.util.Collections;
import java.util.List;
import mirage.backend.ir.Places;
import mirage.formats.Bytecode;
import mirage.formats.BytecodeOp;
import mirage.formats.CallEvents;
import mirage.formats.DebugEvent;
import mirage.formats.OcamlValue;

/** A function M.f with calls at 1 and 2, and M.g with a raise at 4, which is also put into f in place of the call at 2. */
final class SampleProgram {
  private static final int APPLY = BytecodeOp.APPLY1.ordinal();
  private static final int[] CODE = {
    BytecodeOp.CONST0.ordinal(),
    APPLY,
    APPLY,
    BytecodeOp.CONST0.ordinal(),
    BytecodeOp.RAISE.ordinal(),
    BytecodeOp.STOP.ordinal()
  };

  /** Fields of the compiler's record of an event. */
  private static final int FIELDS = 11;

  final Places places = new Places(CODE.length);

  /** The raise in f. */
  final int inlined = places.inlined(4, 2);

  final CallEvents events =
      new CallEvents(
          Bytecode.of("sample", CODE, 0, 0),
          List.of(
              event(0, "M.f", 1, 0, 9, DebugEvent.Kind.PSEUDO),
              event(2, "M.f", 2, 4, 8, DebugEvent.Kind.AFTER),
              event(3, "M.f", 3, 5, 9, DebugEvent.Kind.AFTER),
              event(4, "M.g", 7, 1, 6, DebugEvent.Kind.BEFORE)));

  private static DebugEvent event(
      int position, String definition, int line, int start, int end, DebugEvent.Kind kind) {
    List<OcamlValue> nothing = Collections.nCopies(FIELDS, new OcamlValue.Int(0));
    return new DebugEvent(
        position,
        "M",
        definition,
        new DebugEvent.Location("m.ml", line, start, end, line),
        kind,
        new OcamlValue.Block(0, nothing.toArray(OcamlValue[]::new)));
  }
}
