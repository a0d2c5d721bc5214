// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mirage.backend.ir.Function;
import mirage.backend.ir.Program;
import mirage.backend.machine.lower.StaticData;
import mirage.backend.machine.target.Allocation;
import mirage.backend.machine.target.Names;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.text.Assembly;
import mirage.backend.machine.text.CodeSections;
import mirage.backend.machine.text.FrameTable;
import mirage.backend.machine.text.Locations;
import mirage.backend.machine.text.SourceLines;
import mirage.formats.CallEvents;
import mirage.formats.HeapLayout;
import mirage.formats.OcamlTags;
import mirage.formats.OcamlValue;

/** Writes a whole program: code, constants, globals, and the tables the run-time support reads. */
public final class WriteProgram {
  /** Exceptions the C run-time system raises: the first globals of every program (caml/fail.h). */
  private WriteProgram() {}

  /**
   * The assembly text of the program.
   *
   * @param data what its functions refer to; what constants and stubs refer to is added
   * @param allocations where each function's variables are
   * @param events source locations for backtraces
   */
  public static String text(
      Program program, StaticData data, Map<Function, Allocation> allocations, CallEvents events) {
    Assembly out = new Assembly();
    FrameTable table = new FrameTable();
    CodeSections sections = new CodeSections(out, table);
    Locations locations = new Locations(program.places(), events);
    SourceLines lines = new SourceLines(program.places(), events, out);
    sections.between();
    out.line(".global caml_native_code_begin");
    out.label("caml_native_code_begin");
    for (Function function : program.functions()) {
      sections.between();
      boolean once = function == program.main();
      Allocation allocation = allocations.get(function);
      new WriteFunction(function, once, allocation, out, table, locations, lines).write();
    }
    out.line(".global caml_native_program");
    out.line(".set caml_native_program, %s", Names.code(program.main()));
    lines.none();
    WriteStubs stubs = new WriteStubs(out, table);
    // Closures written as data may ask for currying functions, so data goes first.
    Assembly constants = new Assembly(out);
    predefined(program, data, constants);
    new WriteData(data, constants).write();
    Set<Integer> curries = data.curries();
    curries.forEach(
        arity -> {
          sections.between();
          stubs.curry(arity);
        });
    sections.between();
    data.applies().forEach(stubs::apply);
    for (int count : new int[] {2, 3}) {
      if (!data.applies().contains(count)) {
        stubs.apply(count);
      }
    }
    stubs.forward();
    out.line(".global caml_native_code_end");
    out.label("caml_native_code_end");
    globals(data.globalCount(), out);
    arguments(program, data, out);
    table.write(out);
    locations.write(table.places(), out);
    lines.write();
    return out + constants.toString();
  }

  /** The block C code finds predefined exceptions in. */
  private static void predefined(Program program, StaticData data, Assembly out) {
    out.line(".section .constants.mirage, \"a\"");
    out.line(".align 4");
    out.line(".global caml_native_data_begin");
    out.label("caml_native_data_begin");
    out.line(".word 0x%x", HeapLayout.header(OcamlTags.EXCEPTIONS, 0));
    out.line(".global caml_native_predefined");
    out.label("caml_native_predefined");
    for (int i = 0; i < OcamlTags.EXCEPTIONS; i++) {
      OcamlValue exception = program.globals().get(i);
      out.line(".word %s", data.symbol(exception));
    }
  }

  /**
   * Room for the arguments beyond those in registers, from caller to callee. The functions that apply and curry hand on a
   * closure too, even to a function that does not look at it.
   */
  private static void arguments(Program program, StaticData data, Assembly out) {
    IntStream counts =
        Stream.of(data.applies(), data.curries()).flatMap(Set::stream).mapToInt(count -> count + 1);
    int most = counts.max().orElse(0);
    for (Function function : program.functions()) {
      most = Math.max(most, function.entry().params().size());
    }
    out.line(".section .bss.caml_native_arguments, \"aw\", @nobits");
    out.line(".align 4");
    out.line(".global caml_native_arguments");
    out.label("caml_native_arguments");
    out.line(".space %d", 4 * Math.max(0, most - Registers.ARGUMENTS));
  }

  /** Zero until they are set, which the collector takes for a pointer out of the heap. */
  private static void globals(int count, Assembly out) {
    out.line(".section .bss.caml_native_globals, \"aw\", @nobits");
    out.line(".align 4");
    out.line(".global %s", Names.GLOBALS);
    out.label(Names.GLOBALS);
    out.line(".space %d", 4 * count);
    out.line(".global %s_end", Names.GLOBALS);
    out.label(Names.GLOBALS + "_end");
  }
}
