// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.text;

import java.util.ArrayList;
import java.util.List;
import mirage.backend.ir.Places;
import mirage.formats.CallEvents;
import mirage.formats.LocationTable;
import mirage.formats.SourceLocation;

/**
 * What backtraces need besides the frames: the source locations of return addresses ({@code mirage_locations},
 * locations.h of the runtime), and the handlers in functions that were put into others ({@code
 * caml_native_inlined_handlers}): where an exception is caught, what the handler's function was called by is no
 * part of its backtrace.
 */
public final class Locations {
  private record Handler(String label, int outer) {}

  private final Places places;
  private final CallEvents events;
  private final List<Handler> handlers = new ArrayList<>();

  public Locations(Places places, CallEvents events) {
    this.places = places;
    this.events = events;
  }

  /**
   * Adds a handler, behind those there are.
   *
   * @param label in front of it
   * @param place where its trap is set
   */
  public void handler(String label, int place) {
    List<Integer> levels = places.instructions(place);
    long outer = levels.stream().skip(1).filter(pc -> events.at(pc).isPresent()).count();
    if (outer > 0) {
      handlers.add(new Handler(label, (int) outer));
    }
  }

  /**
   * Writes the tables.
   *
   * @param calls place of each return address, in order of address; -1 for those that are none of the program's
   */
  public void write(List<Integer> calls, Assembly out) {
    List<SourceLocation> locations = new ArrayList<>();
    for (int number = 0; number < calls.size(); number++) {
      for (int pc : places.instructions(calls.get(number))) {
        int position = number;
        boolean raise = events.raises(pc);
        events.at(pc).ifPresent(event -> locations.add(SourceLocation.of(position, event, raise)));
      }
    }
    write(new LocationTable(locations), out);
    writeHandlers(out);
  }

  private static void write(LocationTable table, Assembly out) {
    section(out, "location_entries");
    out.bytes(table.entries());
    section(out, "location_index");
    table.index().forEach(word -> out.line(".word %d", word));
    section(out, "location_names");
    out.bytes(table.names());
    section(out, "locations");
    out.line(".global mirage_locations");
    out.line(".word mirage_location_entries, mirage_location_index");
    out.line(".word %d, mirage_location_names", table.count());
  }

  private void writeHandlers(Assembly out) {
    out.line(".section .rodata.caml_native_inlined_handlers, \"a\"");
    out.line(".align 4");
    out.line(".global caml_native_inlined_handlers, caml_native_inlined_handlers_end");
    out.label("caml_native_inlined_handlers");
    handlers.forEach(handler -> out.line(".word %s, %d", handler.label(), handler.outer()));
    out.label("caml_native_inlined_handlers_end");
  }

  private static void section(Assembly out, String name) {
    out.line(".section .rodata.mirage.%s, \"a\"", name);
    out.line(".balign 4");
    out.label("mirage_" + name);
  }
}
