// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mirage.formats.BytecodeFile;
import mirage.formats.CallEvents;
import mirage.formats.Elf32;
import mirage.formats.Instruction;
import mirage.formats.LocationTable;
import mirage.formats.OcamlValue;
import mirage.formats.Operand;
import mirage.formats.PlainOp;
import mirage.formats.SourceLocation;

/**
 * A program as it will lie in flash.
 *
 * @param code bytecode words, not threaded, never written
 * @param data constants; offsets in it are bytes
 * @param globals initial value of each global
 * @param primitives names of the C functions, by the number the code uses
 * @param callers compilation units that call each primitive
 * @param units where in {@code code} each compilation unit lies
 * @param warnings constants that do not fit
 * @param locations source locations
 */
public record Program(
    int[] code,
    List<StaticData.Word> data,
    List<StaticData.Word> globals,
    List<String> primitives,
    Map<String, List<String>> callers,
    List<Unit> units,
    List<WideInteger> warnings,
    LocationTable locations) {

  /**
   * What goes into the program.
   *
   * @param dropUnused whether functions that nothing can call are left out
   * @param locations whether source locations for backtraces are kept
   */
  public record Options(boolean dropUnused, boolean locations) {
    public static final Options DEFAULT = new Options(true, true);
  }

  /** Lays a bytecode executable out. */
  public static Program of(BytecodeFile file, Options options) {
    Reachability used =
        options.dropUnused() ? Reachability.of(file) : Reachability.everything(file);
    Primitives primitives = new Primitives(file, used.kept());
    int[] numbers = renumber(used.globals(), file.data().size());
    CodeLayout layout = new CodeLayout(file.code(), used, primitives, numbers);
    Places places = new Places(file);
    StaticData data = new StaticData(file.file());
    List<StaticData.Word> globals = new ArrayList<>();
    List<WideInteger> warnings = new ArrayList<>();
    for (int g = used.globals().nextSetBit(0); g >= 0; g = used.globals().nextSetBit(g + 1)) {
      globals.add(data.place(file.data().field(g)));
      for (OcamlValue value : data.takeTruncated()) {
        warnings.add(wide(place(file, used, places, g), value));
      }
    }
    List<Unit> units =
        places.units().stream()
            .map(u -> new Unit(u.name(), layout.moved(u.start()), layout.moved(u.end())))
            .toList();
    return new Program(
        layout.code(),
        data.words(),
        globals,
        primitives.names(),
        callers(file, used.kept(), places),
        units,
        warnings,
        new LocationTable(options.locations() ? locations(file, layout) : List.of()));
  }

  /**
   * The relocatable object that defines {@code mirage_program}. Local symbols {@code ocaml:<library>:<unit>} tell where
   * each unit's code is.
   *
   * @param libraries the library of each unit, as far as known
   */
  public Elf32 object(Map<String, String> libraries) {
    return new ProgramObject(this).build(libraries);
  }

  private static int[] renumber(BitSet globals, int count) {
    int[] numbers = new int[count];
    Arrays.fill(numbers, -1);
    int next = 0;
    for (int g = globals.nextSetBit(0); g >= 0; g = globals.nextSetBit(g + 1)) {
      numbers[g] = next++;
    }
    return numbers;
  }

  /** The source line of the first instruction that uses a global. */
  private static String place(BytecodeFile file, Reachability used, Places places, int global) {
    for (int pc = used.kept().nextSetBit(0); pc >= 0; pc = used.kept().nextSetBit(pc + 1)) {
      Instruction instruction = file.code().at(pc);
      boolean whole = !instruction.does(PlainOp.GETFIELD);
      if (whole && instruction.operand(Operand.GLOBAL) == global) {
        return places.line(pc);
      }
    }
    return file.file();
  }

  private static WideInteger wide(String place, OcamlValue value) {
    return value instanceof OcamlValue.Boxed boxed
        ? new WideInteger(place, boxed.value(), true)
        : new WideInteger(place, ((OcamlValue.Int) value).value(), false);
  }

  private static Map<String, List<String>> callers(BytecodeFile file, BitSet kept, Places places) {
    Map<String, List<String>> callers = new TreeMap<>();
    for (int pc = kept.nextSetBit(0); pc >= 0; pc = kept.nextSetBit(pc + 1)) {
      String primitive = Primitives.of(file, file.code().at(pc));
      if (primitive != null) {
        List<String> names = callers.computeIfAbsent(primitive, name -> new ArrayList<>());
        String unit = places.unit(pc);
        if (!names.contains(unit)) {
          names.add(unit);
        }
      }
    }
    return callers;
  }

  /** One location per word that a call returns to or that raises, which is what a backtrace holds. */
  private static List<SourceLocation> locations(BytecodeFile file, CodeLayout layout) {
    CallEvents events = new CallEvents(file.code(), file.events());
    TreeMap<Integer, SourceLocation> locations = new TreeMap<>();
    for (Instruction instruction : file.code().instructions()) {
      int pc = instruction.pc();
      if (layout.kept(pc)) {
        boolean raise = events.raises(pc);
        int at = layout.moved(raise ? pc : instruction.next());
        events.at(pc).ifPresent(e -> locations.putIfAbsent(at, SourceLocation.of(at, e, raise)));
      }
    }
    return List.copyOf(locations.values());
  }
}
