// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.phy;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mirage.device.SourceFolder;
import mirage.tools.SourceFolders;

/**
 * What a PHY library has to offer and may ask for: the rows of {@code c/phy/interface.h}.
 *
 * @param exports functions that it must define
 * @param imports functions that it may leave to us
 */
record PhyInterface(Set<String> exports, Set<String> imports) {
  private static final SourceFolder FOLDER = new SourceFolder(PhyInterface.class, "c/phy");
  private static final Pattern ROW =
      Pattern.compile("^(EXPORT|IMPORT|ROM_IMPORT)\\((\\w+)", Pattern.MULTILINE);

  static PhyInterface ours() {
    Set<String> exports = new TreeSet<>();
    Set<String> imports = new TreeSet<>();
    String rows = new String(SourceFolders.read(FOLDER, "interface.h"), StandardCharsets.UTF_8);
    ROW.matcher(rows)
        .results()
        .forEach(row -> (row.group(1).equals("EXPORT") ? exports : imports).add(row.group(2)));
    return new PhyInterface(exports, imports);
  }
}
