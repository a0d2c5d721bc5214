// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import mirage.backend.CompileException;
import mirage.backend.Compiler;
import mirage.backend.Observer;
import mirage.bindings.CToolchain;
import mirage.formats.BytecodeFile;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/** A program compiled to Xtensa code, as assembly text or as an object file. */
final class NativeObject {
  private NativeObject() {}

  /**
   * Compiles a program.
   *
   * @param locations whether source locations for backtraces are kept
   * @param object the file to write; the assembly text stays beside it
   * @throws MirageException naming what cannot be compiled
   */
  static void write(
      BytecodeFile bytecode,
      boolean locations,
      CToolchain toolchain,
      Path object,
      Observer observer) {
    Path assembly = object.resolveSibling("program.s");
    AtomicFiles.write(assembly, assembly(bytecode, locations, observer));
    toolchain.compile(assembly, object, List.of("-mtext-section-literals"));
  }

  /** The program as text for the GNU assembler. */
  static byte[] assembly(BytecodeFile bytecode, boolean locations, Observer observer) {
    try {
      return Compiler.assembly(bytecode, locations, observer).getBytes(StandardCharsets.UTF_8);
    } catch (CompileException e) {
      throw new MirageException(e.getMessage(), e);
    }
  }
}
