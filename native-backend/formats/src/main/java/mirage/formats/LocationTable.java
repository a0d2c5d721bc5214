// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Source locations in the compressed form that locations.h describes and locations.c reads. */
public final class LocationTable {
  private static final int PLACES_PER_INDEX = 128;
  private static final int OTHER = 3;

  private final VariableLength entries = new VariableLength();
  private final List<Integer> index = new ArrayList<>();
  private final LocationNames names = new LocationNames();
  private int count;

  /* What has been written, for what comes next to be told by the difference. */
  private int position;
  private List<SourceLocation> calls = List.of();
  private int line;
  private int definition;

  /**
   * @param locations in ascending order of position; of those at one position, each is the place of the call of the
   *     function that the one before it is in
   */
  public LocationTable(List<SourceLocation> locations) {
    for (int i = 0, end; i < locations.size(); i = end) {
      end = i + 1;
      while (end < locations.size()
          && locations.get(end).position() == locations.get(i).position()) {
        end++;
      }
      List<SourceLocation> outermostFirst = new ArrayList<>(locations.subList(i, end));
      Collections.reverse(outermostFirst);
      add(outermostFirst);
    }
  }

  private void add(List<SourceLocation> place) {
    int at = place.get(0).position();
    if (count++ % PLACES_PER_INDEX == 0) {
      index.add(at);
      index.add(entries.size());
      position = at;
      calls = List.of();
      line = 0;
      definition = 0;
    }
    int kept = 0;
    while (kept < Math.min(calls.size(), place.size())
        && isSame(calls.get(kept), place.get(kept))) {
      kept++;
    }
    List<SourceLocation> more = place.subList(kept, place.size());
    head(at - position, calls.size() - kept, more.size());
    more.forEach(this::add);
    position = at;
    calls = place;
  }

  private void head(int distance, int fewer, int more) {
    boolean single = fewer <= 1 && more <= 1 && fewer + more > 0;
    entries.unsigned(4 * distance + (single ? 2 * fewer + more - 1 : OTHER));
    if (!single) {
      entries.unsigned(fewer);
      entries.unsigned(more);
    }
  }

  private void add(SourceLocation l) {
    int number = names.number(l.file(), l.definition());
    boolean other = number != definition;
    int start = Math.max(0, l.start());
    entries.unsigned(
        4 * VariableLength.zigzag(l.line() - line) + (l.raise() ? 2 : 0) + (other ? 1 : 0));
    if (other) {
      entries.signed(number - definition);
    }
    entries.unsigned(start);
    entries.signed(l.end() - start);
    line = l.line();
    definition = number;
  }

  private static boolean isSame(SourceLocation one, SourceLocation other) {
    return one.line() == other.line()
        && one.start() == other.start()
        && one.end() == other.end()
        && one.raise() == other.raise()
        && one.definition().equals(other.definition())
        && one.file().equals(other.file());
  }

  /** Number of positions. */
  public int count() {
    return count;
  }

  /** The entries. */
  public byte[] entries() {
    return entries.bytes();
  }

  /** Pairs: position, offset in the entries; one for each 128 positions begun. */
  public List<Integer> index() {
    return index;
  }

  /** Names of definitions, with their files. */
  public byte[] names() {
    return names.bytes();
  }
}
