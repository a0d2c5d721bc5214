// SPDX-License-Identifier: Apache-2.0
package mirage.backend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.backend.front.ProgramReader;
import mirage.backend.ir.Program;
import mirage.backend.machine.WriteProgram;
import mirage.backend.pass.CloseClosures;
import mirage.backend.pass.DeadCode;
import mirage.backend.pass.DirectCalls;
import mirage.backend.pass.Pass;
import mirage.backend.pass.PruneParameters;
import mirage.formats.BytecodeFile;
import mirage.formats.DebugEvent;
import mirage.formats.OcamlValue;

/** Compiles bytecode programs. */
public final class Compiler {
  /** All passes, in order. */
  public static List<Pass> passes() {
    return List.of(
        new PruneParameters(),
        new CloseClosures(),
        new DirectCalls(),
        new DeadCode(),
        new PruneParameters(),
        new CloseClosures(),
        new DirectCalls(),
        new DeadCode(),
        new PruneParameters());
  }

  private Compiler() {}

  /** The program as read, before any pass. */
  public static Program read(BytecodeFile file) {
    Map<Integer, String> names = new HashMap<>();
    for (DebugEvent event : file.events()) {
      if (!event.definition().isEmpty()) {
        names.putIfAbsent(event.position(), event.definition());
      }
    }
    List<OcamlValue> globals = new ArrayList<>();
    for (int i = 0; i < file.data().size(); i++) {
      globals.add(file.data().field(i));
    }
    return new ProgramReader(file.code(), file.primitives(), names::get).read(globals);
  }

  /** Assembly text for the whole program. */
  public static String assembly(BytecodeFile file) {
    Program program = read(file);
    passes().forEach(pass -> pass.run(program));
    return WriteProgram.text(program);
  }
}
