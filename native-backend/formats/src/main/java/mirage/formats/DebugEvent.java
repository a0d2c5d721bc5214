// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.formats.OcamlValue.Block;
import mirage.formats.OcamlValue.Bytes;
import mirage.formats.OcamlValue.Int;

/**
 * What {@code ocamlc -g} tells about a place in the bytecode.
 *
 * @param position index in {@link BytecodeFile#code} of the instruction that follows the event
 * @param module compilation unit or submodule, as {@code Unikernel.Main}
 * @param definition enclosing definition, as {@code Unikernel.Main.start}; empty if unknown
 * @param location the source
 * @param kind what the event marks
 * @param raw the compiler's record (bytecomp/instruct.mli), for environments and types
 */
public record DebugEvent(
    int position, String module, String definition, Location location, Kind kind, Block raw) {

  private static final int FIELDS = 11;

  /** What an event marks. */
  public enum Kind {
    /** Just before an expression is evaluated. */
    BEFORE,
    /** Just after a call has returned. */
    AFTER,
    /** Neither: beginning of a function and the like. */
    PSEUDO
  }

  /**
   * A range of a source file.
   *
   * @param line of the beginning, from 1
   * @param start first character, from 0, counted from the beginning of {@code line}
   * @param end character behind the last, counted from the beginning of {@code line} too
   * @param endLine line of the end
   */
  public record Location(String file, int line, int start, int end, int endLine) {}

  /** Reads DBUG: number of units; per unit its offset in CODE, its events, its directories. */
  static List<DebugEvent> readAll(ByteReader in, int codeLength) {
    List<DebugEvent> events = new ArrayList<>();
    long units = in.u32();
    Map<String, String> texts = new HashMap<>();
    for (long unit = 0; unit < units; unit++) {
      int start = in.position();
      long offset = in.u32();
      OcamlValue list = MarshalReader.read(in);
      MarshalReader.read(in);
      int left = in.position() - start;
      while (list instanceof Block cons && cons.size() == 2) {
        if (left-- == 0) {
          throw in.failAt(start, "an endless list of events", "a finite one");
        }
        events.add(new Decoder(in, start, texts).event(cons.field(0), offset, codeLength));
        list = cons.field(1);
      }
    }
    events.sort(Comparator.comparingInt(DebugEvent::position));
    return events;
  }

  /** Takes one event's record apart. */
  private record Decoder(ByteReader in, int start, Map<String, String> texts) {
    DebugEvent event(OcamlValue value, long offset, int codeLength) {
      Block event = block(value, FIELDS);
      long position = integer(event.field(0)) + offset;
      if (position < 0 || position % 4 != 0 || position / 4 > codeLength) {
        throw fail(
            "an event at byte " + position + " of CODE", "multiples of 4 to " + 4L * codeLength);
      }
      return new DebugEvent(
          (int) (position / 4),
          text(event.field(1)),
          event.field(4) instanceof Bytes ? text(event.field(4)) : "",
          location(event.field(2)),
          kind(event.field(3)),
          event);
    }

    private Location location(OcamlValue value) {
      Block location = block(value, 3);
      Block from = block(location.field(0), 4);
      Block to = block(location.field(1), 4);
      long lineStart = integer(from.field(2));
      return new Location(
          text(from.field(0)),
          (int) integer(from.field(1)),
          (int) (integer(from.field(3)) - lineStart),
          (int) (integer(to.field(3)) - lineStart),
          (int) integer(to.field(1)));
    }

    private Kind kind(OcamlValue value) {
      if (value instanceof Block) {
        return Kind.AFTER;
      }
      return integer(value) == 0 ? Kind.BEFORE : Kind.PSEUDO;
    }

    private Block block(OcamlValue value, int size) {
      if (value instanceof Block block && block.size() >= size) {
        return block;
      }
      throw fail("a debug event with " + value, "a block of " + size + " fields here");
    }

    private long integer(OcamlValue value) {
      if (value instanceof Int number) {
        return number.value();
      }
      throw fail("a debug event with " + value, "an integer here");
    }

    private String text(OcamlValue value) {
      if (value instanceof Bytes bytes) {
        return texts.computeIfAbsent(bytes.text(), text -> text);
      }
      throw fail("a debug event with " + value, "a string here");
    }

    private FormatException fail(String found, String allowed) {
      return in.failAt(start, found, allowed);
    }
  }
}
