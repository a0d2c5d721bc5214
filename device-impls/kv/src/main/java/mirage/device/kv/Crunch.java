// SPDX-License-Identifier: Apache-2.0
package mirage.device.kv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mirage.device.DeviceGenerator;

/**
 * Writes a folder (parameter {@code dir}) as an OCaml module, with every file as a string constant or in a data
 * partition. Files keep their time of last change unless the environment has {@code SOURCE_DATE_EPOCH}.
 */
final class Crunch implements DeviceGenerator {
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long PS_PER_SECOND = 1_000_000_000_000L;

  private final Map<String, String> environment;
  private final boolean partition;

  /**
   * A generator.
   *
   * @param partition whether the files are kept in a data partition of their own, or in the program
   */
  Crunch(Map<String, String> environment, boolean partition) {
    this.environment = Map.copyOf(environment);
    this.partition = partition;
  }

  @Override
  public Generated generate(Request request) throws IOException {
    String name = request.parameters().get("dir");
    if (name == null) {
      throw new IOException(
          "device kinds crunch and direct_kv_ro need parameter dir, the folder to take in");
    }
    Path folder = request.unikernel().resolve(name);
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "no folder %s in %s; generic_kv_ro, crunch or direct_kv_ro in config.ml asks for it"
              .formatted(name, request.unikernel()));
    }
    Tree root = Tree.of(folder, sourceDate());
    Contents contents =
        partition ? Contents.partition(request, root.digest()) : Contents.constants();
    String file = request.file();
    Files.writeString(
        request.output().resolve(file + ".ml"), module(root, contents), StandardCharsets.UTF_8);
    Files.writeString(request.output().resolve(file + ".mli"), INTERFACE, StandardCharsets.UTF_8);
    return new Generated(List.of(folder), contents.partitions());
  }

  private static final String INTERFACE =
      """
      (* Generated from the files of a folder. *)

      include Mirage_kv.RO

      val connect : unit -> t Lwt.t
      """;

  private Optional<Instant> sourceDate() throws IOException {
    String text = environment.get("SOURCE_DATE_EPOCH");
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(text.strip())));
    } catch (NumberFormatException e) {
      throw new IOException("SOURCE_DATE_EPOCH is '" + text + "', not a number of seconds", e);
    }
  }

  private static String module(Tree root, Contents contents) throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            (* Generated from the files of a folder. *)

            open Mirage_kv_static

            let find = function
            """);
    node(text, root, "", contents);
    text.append("  | _ -> None\n\ninclude Make (").append(contents.source());
    return text.append(") (struct let find = find end)\n").toString();
  }

  private static void node(StringBuilder text, Tree tree, String path, Contents contents)
      throws IOException {
    text.append("  | ").append(literal(path)).append(" -> Some (");
    if (tree.isFolder()) {
      text.append("Dictionary { entries = [").append(entries(tree)).append(']');
    } else {
      byte[] content = Files.readAllBytes(tree.file().orElseThrow());
      text.append("Value { content = ").append(contents.add(content));
    }
    text.append("; digest = ").append(OcamlString.literal(tree.digest()));
    text.append("; modified = ").append(time(tree.modified())).append(" })\n");
    for (Tree child : tree.children()) {
      node(text, child, path.isEmpty() ? child.name() : path + "/" + child.name(), contents);
    }
  }

  private static String entries(Tree tree) {
    return tree.children().stream()
        .map(child -> literal(child.name()) + (child.isFolder() ? ", `Dictionary" : ", `Value"))
        .collect(Collectors.joining("; "));
  }

  /** Days since 1970 and picoseconds of the day, to the second. */
  private static String time(Instant time) {
    long seconds = Math.max(0, time.getEpochSecond());
    return "(%d, %dL)"
        .formatted(seconds / SECONDS_PER_DAY, seconds % SECONDS_PER_DAY * PS_PER_SECOND);
  }

  private static String literal(String text) {
    return OcamlString.literal(text.getBytes(StandardCharsets.UTF_8));
  }
}
