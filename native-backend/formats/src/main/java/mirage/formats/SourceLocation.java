// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

/**
 * Where in the source a call or raise stands.
 *
 * @param position in the program, in the unit of its {@link LocationTable}
 * @param file as the compiler was told it
 * @param definition enclosing definition
 * @param line from 1
 * @param start first column, from 0
 * @param end column behind the last, counted from the beginning of {@code line}
 * @param raise whether an exception is raised there
 */
public record SourceLocation(
    int position, String file, String definition, int line, int start, int end, boolean raise) {

  /** The definition, the library's module separated from its own. */
  public String function() {
    return definition.replaceAll("(?<=[A-Za-z0-9])__(?=[A-Z])", ".");
  }

  /** {@code FILE:LINE}. */
  public String shown() {
    return file + ":" + line;
  }

  /** The location of an event, at a position of the program's own. */
  public static SourceLocation of(int position, DebugEvent event, boolean raise) {
    DebugEvent.Location l = event.location();
    return new SourceLocation(
        position, l.file(), event.definition(), l.line(), l.start(), l.end(), raise);
  }
}
