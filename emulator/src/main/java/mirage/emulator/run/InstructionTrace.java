// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mirage.emulator.Esp32;
import mirage.emulator.OutputFile;
import mirage.emulator.core.Cpu;
import mirage.emulator.core.Tracer;
import mirage.xtensa.Disassembler;
import mirage.xtensa.Instruction;
import mirage.xtensa.SpecialRegister;

/**
 * Writes one line per instruction: core, address, symbol, text, and the registers it changed with their new
 * values.
 */
final class InstructionTrace implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final PrintStream out;
  private final boolean owned;
  private final Symbols symbols;
  private final List<Lines> cores = new ArrayList<>();

  private InstructionTrace(PrintStream out, boolean owned, Symbols symbols) {
    this.out = out;
    this.owned = owned;
    this.symbols = symbols;
  }

  /** Opens {@code file}; "-" is {@code standardError}; without a file nothing will be traced. */
  static InstructionTrace open(Optional<String> file, PrintStream standardError, Symbols symbols) {
    if (file.isEmpty() || file.get().equals("-")) {
      return new InstructionTrace(file.isEmpty() ? null : standardError, false, symbols);
    }
    OutputStream stream = OutputFile.create(Path.of(file.get()));
    PrintStream out =
        new PrintStream(new BufferedOutputStream(stream, BUFFER), false, StandardCharsets.UTF_8);
    return new InstructionTrace(out, true, symbols);
  }

  /** Traces both cores of {@code machine} from now on. */
  void attach(Esp32 machine) {
    if (out != null) {
      for (Cpu cpu : machine.cpus()) {
        Lines lines = new Lines();
        cores.add(lines);
        cpu.setTracer(lines);
      }
    }
  }

  @Override
  public void close() {
    for (Lines lines : cores) {
      if (!lines.pending.isEmpty()) {
        out.println(lines.pending);
      }
    }
    if (owned) {
      out.close();
    }
  }

  /** The lines of one core. What an instruction changed is known when the next one begins. */
  private final class Lines implements Tracer {
    private final int[] before = new int[16];
    private int window;
    private String pending = "";

    @Override
    public void instruction(Cpu cpu, int pc, Instruction instruction) {
      int base = cpu.special(SpecialRegister.WINDOWBASE);
      StringBuilder changes = new StringBuilder();
      if (base != window) {
        changes.append(" windowbase=").append(base);
      }
      for (int i = 0; i < before.length; i++) {
        int value = cpu.register(i);
        if (value != before[i] && base == window) {
          changes.append(String.format(" a%d=%08x", i, value));
        }
        before[i] = value;
      }
      window = base;
      if (!pending.isEmpty()) {
        out.println(changes.isEmpty() ? pending : String.format("%-64s ;%s", pending, changes));
      }
      String name = symbols.name(pc);
      String place = name.isEmpty() ? "" : " <" + name + ">";
      String text = Disassembler.text(instruction).replace('\t', ' ');
      pending = String.format("%s %08x%s: %s", cpu.config().name(), pc, place, text);
    }
  }
}
