// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Source locations in the compressed form that locations.h describes and locations.c reads. */
public final class LocationTable {
  private static final int ENTRIES_PER_INDEX = 128;
  private static final int NO_PARENT = 0xFFFF;

  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final List<Integer> index = new ArrayList<>();
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();
  private final Map<String, Integer> nameNumbers = new LinkedHashMap<>();
  private final int count;

  /**
   * @param locations in ascending order of position; of those at one position, each is the place of the call of the
   *     function that the one before it is in
   */
  public LocationTable(List<SourceLocation> locations) {
    count = locations.size();
    SourceLocation before = null;
    for (int i = 0; i < count; i++) {
      SourceLocation l = locations.get(i);
      if (i % ENTRIES_PER_INDEX == 0) {
        index.add(l.position());
        index.add(entries.size());
        before = new SourceLocation(l.position(), "", "", 0, 0, 0, false);
      }
      add(l, before, i % ENTRIES_PER_INDEX == 0);
      before = l;
    }
  }

  private void add(SourceLocation l, SourceLocation before, boolean first) {
    boolean file = first || !l.file().equals(before.file());
    boolean definition = first || !l.definition().equals(before.definition());
    int flags = (l.raise() ? 4 : 0) + (file ? 2 : 0) + (definition ? 1 : 0);
    unsigned(8 * (l.position() - before.position()) + flags);
    if (file) {
      unsigned(name(l.file(), false));
    }
    signed(l.line() - before.line());
    if (definition) {
      unsigned(name(l.definition(), true));
    }
    unsigned(Math.max(0, l.start()));
    signed(l.end() - Math.max(0, l.start()));
  }

  private void unsigned(int value) {
    int rest = value;
    while (rest >>> 7 != 0) {
      entries.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    entries.write(rest);
  }

  private void signed(int value) {
    unsigned(value << 1 ^ value >> 31);
  }

  /** A definition shares the part before its last dot with its neighbours. */
  private int name(String text, boolean split) {
    Integer number = nameNumbers.get(text);
    if (number != null) {
      return number;
    }
    int dot = split ? separator(text) : -1;
    int parent = dot >= 0 ? name(text.substring(0, dot), true) : NO_PARENT;
    number = nameNumbers.size();
    nameNumbers.put(text, number);
    names.write(parent);
    names.write(parent >> 8);
    names.writeBytes(text.substring(dot + 1).getBytes(StandardCharsets.ISO_8859_1));
    names.write(0);
    return number;
  }

  /** The dot in front of the last part, which may be (fun) or an operator with dots of its own; -1 if there is none. */
  private static int separator(String text) {
    int dot = text.endsWith(")") ? text.lastIndexOf(".(") : text.lastIndexOf('.');
    return dot > 0 && dot < text.length() - 1 ? dot : -1;
  }

  /** Number of locations. */
  public int count() {
    return count;
  }

  /** The entries. */
  public byte[] entries() {
    return entries.toByteArray();
  }

  /** Pairs: position, offset in the entries; one for each 128 entries begun. */
  public List<Integer> index() {
    return index;
  }

  /** Names of files and definitions. */
  public byte[] names() {
    return names.toByteArray();
  }
}
