// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import mirage.backend.CompileException;
import mirage.backend.Compiler;
import mirage.bindings.CToolchain;
import mirage.formats.BytecodeFile;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/** The object file of a program compiled to Xtensa code. */
final class NativeObject {
  /** Passes follow chains of blocks, which are long in a program's toplevel. */
  private static final long STACK_BYTES = 256L << 20;

  private NativeObject() {}

  /**
   * Compiles a program.
   *
   * @param object the file to write
   * @throws MirageException naming what cannot be compiled
   */
  static void write(BytecodeFile bytecode, CToolchain toolchain, Path object) {
    Path assembly = object.resolveSibling("program.s");
    AtomicFiles.write(assembly, assembly(bytecode).getBytes(StandardCharsets.UTF_8));
    toolchain.compile(assembly, object, List.of("-mtext-section-literals"));
  }

  private static String assembly(BytecodeFile bytecode) {
    String[] text = new String[1];
    RuntimeException[] failure = new RuntimeException[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                text[0] = Compiler.assembly(bytecode);
              } catch (CompileException e) {
                failure[0] = new MirageException(bytecode.file() + ": " + e.getMessage(), e);
              } catch (RuntimeException e) {
                failure[0] = e;
              }
            },
            "compiler",
            STACK_BYTES);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MirageException("interrupted");
    }
    if (failure[0] != null) {
      throw failure[0];
    }
    return text[0];
  }
}
