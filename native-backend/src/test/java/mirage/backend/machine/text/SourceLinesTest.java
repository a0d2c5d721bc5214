// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.InflaterInputStream;
import mirage.backend.ir.Function;
import org.junit.jupiter.api.Test;

class SourceLinesTest {
  private final SampleProgram program = new SampleProgram();
  private final Assembly out = new Assembly();
  private final SourceLines lines = new SourceLines(program.places, program.events, out);

  /** The discriminator is twice the place's number, and one more with the frame; what comes from nowhere has the line before. */
  @Test
  void everyInstructionHasItsLine() {
    lines.begin(new Function("f", 1, 0), 32);
    out.line("entry");
    lines.frame(true);
    out.line("framed");
    lines.at(1);
    out.line("first");
    lines.at(-1);
    out.line("first too");
    lines.at(program.inlined);
    out.line("raises");
    lines.begin(-1, false);
    out.line("nowhere");
    lines.begin(1, true);
    out.line("first again");
    lines.none();
    out.line("stub");
    assertThat(out.toString().replace("\t", ""))
        .isEqualTo(
            """
            .file 1 "m.ml"
            .loc 1 1 1 discriminator 2
            entry
            .loc 1 1 1 discriminator 3
            framed
            .loc 1 2 5 discriminator 5
            first
            first too
            .loc 1 7 2 discriminator 7
            raises
            .loc 1 7 2 discriminator 0
            nowhere
            .loc 1 2 5 discriminator 5
            first again
            .loc 1 2 5 discriminator 0
            stub
            """);
  }

  @Test
  void theSectionTellsPlacesAndFunctions() throws IOException {
    lines.begin(new Function("f", 2, 0), 32);
    lines.at(1);
    lines.at(program.inlined);
    lines.write();
    assertThat(out.toString()).contains("\t.section .mirage.debug, \"\"\n");
    assertThat(inflated(out.toString()))
        .isEqualTo(
            """
            E\tM.f\tm.ml\t1\t0\t9
            E\tM.f\tm.ml\t2\t4\t8
            E\tM.g\tm.ml\t7\t1\t6
            E\tM.f\tm.ml\t3\t5\t9
            P\t1
            P\t2
            P\t3\t4
            F\tcamlcode_f\t32\t2\tM.f\targ1 arg2
            """);
  }

  private static String inflated(String assembly) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : assembly.lines().toList()) {
      if (line.startsWith("\t.byte ")) {
        for (String number : line.substring("\t.byte ".length()).split(",")) {
          bytes.write(Integer.parseInt(number));
        }
      }
    }
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
