// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.size;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The input sections that GNU ld's map file lists. */
final class LinkerMap {
  private static final String BEGIN = "Linker script and memory map";

  /** Name, then, perhaps on the next line, address, size and file. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "^ (\\.\\S+|COMMON)\\s+0x([0-9a-f]+)\\s+0x([0-9a-f]+) (\\S[^\\n]*)$", Pattern.MULTILINE);

  private LinkerMap() {}

  /**
   * A part of an output section.
   *
   * @param file object, or {@code archive(member)}
   */
  record InputSection(String name, long address, int size, String file) {
    /** Name of the archive without directory, {@code lib} and {@code .a}; empty for a bare object. */
    String library() {
      int open = file.lastIndexOf('(');
      if (open < 0) {
        return "";
      }
      String archive = file.substring(file.lastIndexOf('/', open) + 1, open);
      return archive.replaceAll("^lib|\\.a$", "");
    }

    /** Strings that the linker merges are listed with their own sizes, at the address of the merged one. */
    InputSection upTo(long next) {
      int room = (int) Math.min(size, next - address);
      return new InputSection(name, address, room, file);
    }

    /** Name of the object without directory and suffix. */
    String module() {
      int open = file.lastIndexOf('(');
      String member =
          open < 0
              ? file.substring(file.lastIndexOf('/') + 1)
              : file.substring(open + 1, file.length() - 1);
      return member.replaceAll("\\.(o|obj)$", "").replaceAll("[_.](c|S)$", "");
    }
  }

  static List<InputSection> parse(String map) {
    String body = map.substring(Math.max(0, map.indexOf(BEGIN)));
    List<InputSection> sections =
        ENTRY
            .matcher(body)
            .results()
            .map(
                m ->
                    new InputSection(
                        m.group(1),
                        Long.parseLong(m.group(2), 16),
                        Integer.parseUnsignedInt(m.group(3), 16),
                        m.group(4)))
            .filter(section -> section.size() > 0)
            .sorted(Comparator.comparingLong(InputSection::address))
            .toList();
    List<InputSection> apart = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      InputSection section = sections.get(i);
      long next = i + 1 < sections.size() ? sections.get(i + 1).address() : Long.MAX_VALUE;
      apart.add(section.upTo(next));
    }
    return apart;
  }
}
