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
import mirage.backend.pass.ForwardFields;
import mirage.backend.pass.Inline;
import mirage.backend.pass.InlinePrimitives;
import mirage.backend.pass.Pass;
import mirage.backend.pass.PromoteBlocks;
import mirage.backend.pass.PruneParameters;
import mirage.backend.pass.TailLoops;
import mirage.backend.pass.ThreadJumps;
import mirage.backend.pass.Unbox;
import mirage.formats.BytecodeFile;
import mirage.formats.DebugEvent;
import mirage.formats.OcamlValue;

/** Compiles bytecode programs. */
public final class Compiler {
  /** How often known calls are found and functions put into others. */
  private static final int ROUNDS = 3;

  /** All passes, in order. */
  public static List<Pass> passes() {
    List<Pass> passes = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      passes.add(new PruneParameters());
      passes.add(new CloseClosures());
      passes.add(new DirectCalls());
      passes.add(new DeadCode());
      passes.add(new TailLoops());
      passes.add(new PruneParameters());
      passes.add(new Inline());
      passes.add(new PruneParameters());
      passes.add(new ForwardFields());
      passes.add(new PromoteBlocks());
      passes.add(new ThreadJumps());
    }
    passes.add(new InlinePrimitives());
    passes.add(new Unbox());
    passes.add(new DeadCode());
    passes.add(new PruneParameters());
    return passes;
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
