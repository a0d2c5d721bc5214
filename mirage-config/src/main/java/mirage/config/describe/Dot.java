// SPDX-License-Identifier: Apache-2.0
package mirage.config.describe;

import mirage.config.resolve.Application;

/** The device graph in Graphviz's language. */
public final class Dot {
  private Dot() {}

  /** The text of a {@code .dot} file. */
  public static String text(Application application) {
    Picture picture = Picture.of(application);
    StringBuilder text = new StringBuilder("digraph " + quoted(picture.title()) + " {\n");
    text.append("  node [shape=box, style=rounded];\n");
    for (int i = 0; i < picture.boxes().size(); i++) {
      Picture.Box box = picture.boxes().get(i);
      text.append(
          "  %d [label=%s%s];\n"
              .formatted(
                  i,
                  quoted(box.name() + "\n" + box.label()),
                  box.role() == Picture.Role.ROOT ? ", style=bold" : ""));
    }
    for (Picture.Line line : picture.lines()) {
      text.append(
          "  %d -> %d%s;\n"
              .formatted(line.from(), line.to(), line.argument() ? "" : " [style=dashed]"));
    }
    return text.append("}\n").toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
