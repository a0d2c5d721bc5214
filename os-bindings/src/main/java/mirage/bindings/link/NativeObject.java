// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import mirage.backend.Compiler;
import mirage.backend.Observer;
import mirage.backend.ir.CompileException;
import mirage.bindings.CToolchain;
import mirage.formats.BytecodeFile;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/** A program compiled to Xtensa code, as assembly text or as an object file. */
final class NativeObject {
  /** How far calls reach. */
  enum Calls {
    /** 512 KB. Smaller; the linker refuses the object in a larger program. */
    NEAR("-mno-longcalls"),
    /** Anywhere. */
    FAR("-mlongcalls");

    private final String flag;

    Calls(String flag) {
      this.flag = flag;
    }
  }

  /** Part of what the linker says of a call that does not reach. */
  static final String TOO_FAR = "call target out of range";

  private NativeObject() {}

  /**
   * Compiles a program.
   *
   * @param locations whether source locations for backtraces are kept
   * @param object the file that is to be written later; the assembly text stays beside it
   * @throws MirageException naming what cannot be compiled
   */
  static void compile(BytecodeFile bytecode, boolean locations, Path object, Observer observer) {
    AtomicFiles.write(assemblyOf(object), assembly(bytecode, locations, observer));
  }

  /**
   * Makes the object file of what {@link #compile} has written. Its lines are those the text itself gives: the assembler
   * would add the text's own, in as much time as all else takes it.
   */
  static void assemble(CToolchain toolchain, Path object, Calls calls) {
    toolchain.compile(assemblyOf(object), object, List.of(calls.flag, "-g0"));
  }

  private static Path assemblyOf(Path object) {
    return object.resolveSibling("program.s");
  }

  /** The program as text for the GNU assembler. */
  static byte[] assembly(BytecodeFile bytecode, boolean locations, Observer observer) {
    try {
      String text = Compiler.assembly(bytecode, locations, observer);
      return (text + digest(text)).getBytes(StandardCharsets.UTF_8);
    } catch (CompileException e) {
      throw new MirageException(e.getMessage(), e);
    }
  }

  /** By it marshalled closures know the program they come from (native/codefrag_native.c). */
  private static String digest(String text) {
    StringBuilder lines = new StringBuilder(".section .rodata.caml_native_digest, \"a\"\n");
    lines.append(".global caml_native_digest\ncaml_native_digest:\n");
    try {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      for (byte b : MessageDigest.getInstance("MD5").digest(content)) {
        lines.append(".byte ").append(b).append('\n');
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return lines.toString();
  }
}
