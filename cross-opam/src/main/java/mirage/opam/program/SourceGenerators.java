// SPDX-License-Identifier: Apache-2.0
package mirage.opam.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/**
 * Runs the compiler's own generators: {@code ocamllex} for {@code .mll} files, {@code ocamlyacc} for
 * {@code .mly} files.
 *
 * @param directory where the generators run; names in their messages start here
 * @param output where the results go
 */
record SourceGenerators(Path directory, Path output) {
  private static final Map<String, String> GENERATORS =
      new TreeMap<>(Map.of(".mll", "ocamllex", ".mly", "ocamlyacc"));

  /**
   * Makes OCaml files of all that need it in a folder, again only when they changed.
   *
   * @param folder from {@code directory}
   * @return the folder with the results
   * @throws MirageException with the generator's own message
   */
  Path generate(Path folder) {
    Path results =
        output.resolve(folder.toString().isEmpty() ? "here" : folder.toString().replace('/', '-'));
    Set<String> made = new HashSet<>();
    try (Stream<Path> files = Files.list(directory.resolve(folder))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        for (Map.Entry<String, String> generator : GENERATORS.entrySet()) {
          if (name.endsWith(generator.getKey())) {
            generate(generator.getValue(), folder.resolve(name), results);
            made.add(base(name));
          }
        }
      }
    } catch (IOException e) {
      throw new MirageException("cannot read " + folder + ": " + AtomicFiles.reason(e), e);
    }
    forget(results, made);
    return results;
  }

  /** What was made of a file that is gone must not be found any more. */
  private static void forget(Path results, Set<String> made) {
    if (!Files.isDirectory(results)) {
      return;
    }
    try (Stream<Path> files = Files.list(results)) {
      for (Path file : files.toList()) {
        if (!made.contains(base(file.getFileName().toString()))) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new MirageException(results + ": " + AtomicFiles.reason(e), e);
    }
  }

  private static String base(String name) {
    return name.replaceFirst("\\..*", "");
  }

  private static String latin(Path file) {
    byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private void generate(String generator, Path source, Path results) throws IOException {
    String base = base(source.getFileName().toString());
    Path stamp = results.resolve(base + ".key");
    String key =
        Fingerprint.builder().tool(generator).file(directory.resolve(source)).build().hex();
    if (Files.exists(stamp) && Files.readString(stamp).equals(key)) {
      return;
    }
    Files.createDirectories(results);
    // Where the results go is told differently by the two; both can write next to a copy.
    Path copy = results.resolve(source.getFileName().toString());
    Files.copy(directory.resolve(source), copy, StandardCopyOption.REPLACE_EXISTING);
    Command.Result result =
        Command.of(generator)
            .with(generator.equals("ocamllex") ? List.of("-q") : List.of())
            .with(copy.toString())
            .in(directory)
            .execute();
    if (!result.succeeded()) {
      throw new MirageException(result.message().replace(copy.toString(), source.toString()));
    }
    for (String suffix : List.of(".ml", ".mli")) {
      Path made = results.resolve(base + suffix);
      if (Files.exists(made)) {
        // Sources are bytes in any encoding.
        String text = new String(AtomicFiles.read(made), StandardCharsets.ISO_8859_1);
        String named = text.replace(latin(copy), latin(source));
        AtomicFiles.update(made, named.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    AtomicFiles.write(stamp, key);
  }
}
