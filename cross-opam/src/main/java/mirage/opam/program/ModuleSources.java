// SPDX-License-Identifier: Apache-2.0
package mirage.opam.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/**
 * The source files a program is made of: its main file and, from a list of folders, whatever that
 * uses directly or not. Files nobody uses are not looked into.
 */
final class ModuleSources {
  /**
   * One file.
   *
   * @param module the OCaml module it is a part of
   * @param path as the user would name it
   * @param isInterface whether it is a {@code .mli}
   */
  record Source(String module, Path path, boolean isInterface) {}

  private final Path directory;
  private final Path memory;
  private final List<String> rewriters;
  private final Map<String, List<Source>> available = new TreeMap<>();
  private final Map<Source, List<String>> uses = new LinkedHashMap<>();

  /**
   * @param directory where names start
   * @param memory a file that keeps the dependencies found, by content
   * @param rewriters arguments that make the compiler's tools rewrite sources first
   */
  ModuleSources(Path directory, Path memory, List<String> rewriters) {
    this.rewriters = rewriters;
    this.directory = directory;
    this.memory = memory;
  }

  /** Offers the modules of a folder; of two files for one module the first offered wins. */
  ModuleSources offer(Path folder) {
    if (!Files.isDirectory(directory.resolve(folder))) {
      return this;
    }
    Map<String, List<Source>> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve(folder))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.matches("[A-Za-z][A-Za-z0-9_']*\\.mli?")) {
          Path path = folder.resolve(name).normalize();
          found.computeIfAbsent(moduleOf(path), m -> new ArrayList<>()).add(source(path));
        }
      }
    } catch (IOException e) {
      throw new MirageException("cannot read " + folder + ": " + AtomicFiles.reason(e), e);
    }
    found.forEach(available::putIfAbsent);
    return this;
  }

  /**
   * All files the main file needs, itself included, each behind the files it is compiled against.
   *
   * @throws MirageException when the main file is missing, a file has a syntax error, or modules
   *     use each other in a circle
   */
  List<Source> order(Path main) {
    if (!Files.isRegularFile(directory.resolve(main))) {
      throw new MirageException(main + ": no such file");
    }
    String module = moduleOf(main);
    Path signature = main.resolveSibling(main.getFileName() + "i");
    List<Source> own = new ArrayList<>(List.of(source(main)));
    if (Files.isRegularFile(directory.resolve(signature))) {
      own.add(source(signature));
    }
    available.put(module, own);
    analyse(module);
    List<Source> order = new ArrayList<>();
    for (Source source : uses.keySet()) {
      visit(source, this::compiledAgainst, new ArrayList<>(), order);
    }
    return List.copyOf(order);
  }

  /** The files among those found that a file is compiled against. */
  List<Source> compiledAgainst(Source source) {
    List<Source> found = new ArrayList<>();
    if (!source.isInterface()) {
      interfaceOf(source.module()).filter(Source::isInterface).ifPresent(found::add);
    }
    for (String used : uses.get(source)) {
      if (!used.equals(source.module())) {
        interfaceOf(used).ifPresent(found::add);
      }
    }
    return found;
  }

  /**
   * The implementations in link order: each behind those it uses.
   *
   * @throws MirageException when they use each other in a circle, which interfaces allow
   */
  List<Source> linkOrder(List<Source> sources) {
    List<Source> order = new ArrayList<>();
    for (Source source : sources) {
      if (!source.isInterface()) {
        visit(source, this::linkedAgainst, new ArrayList<>(), order);
      }
    }
    return List.copyOf(order);
  }

  private List<Source> linkedAgainst(Source source) {
    return uses.get(source).stream().flatMap(used -> implementationOf(used).stream()).toList();
  }

  private static void visit(
      Source source, Function<Source, List<Source>> needs, List<Source> path, List<Source> order) {
    if (order.contains(source)) {
      return;
    }
    if (path.contains(source)) {
      String circle =
          Stream.concat(path.subList(path.indexOf(source), path.size()).stream(), Stream.of(source))
              .map(s -> s.path().toString())
              .collect(Collectors.joining(" -> "));
      throw new MirageException("modules use each other in a circle: " + circle);
    }
    path.add(source);
    for (Source needed : needs.apply(source)) {
      visit(needed, needs, path, order);
    }
    path.remove(path.size() - 1);
    order.add(source);
  }

  private Optional<Source> interfaceOf(String module) {
    List<Source> files = available.getOrDefault(module, List.of());
    return files.stream()
        .filter(Source::isInterface)
        .findFirst()
        .or(() -> implementationOf(module));
  }

  private Optional<Source> implementationOf(String module) {
    return available.getOrDefault(module, List.of()).stream()
        .filter(s -> !s.isInterface())
        .findFirst();
  }

  /** Fills {@link #uses} from a module on, one run of ocamldep for each level not known before. */
  private void analyse(String module) {
    Map<String, String> known = remembered();
    Set<String> level = Set.of(module);
    Set<String> seen = new TreeSet<>(level);
    while (!level.isEmpty()) {
      List<Source> files =
          level.stream().flatMap(m -> available.getOrDefault(m, List.of()).stream()).toList();
      Set<String> next = new TreeSet<>();
      analyse(files, known);
      for (Source file : files) {
        uses.get(file).stream().filter(available::containsKey).filter(seen::add).forEach(next::add);
      }
      level = next;
    }
    AtomicFiles.update(
        memory,
        known.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
            .collect(Collectors.joining()));
  }

  private void analyse(List<Source> files, Map<String, String> known) {
    Map<Source, String> keys = new LinkedHashMap<>();
    files.forEach(file -> keys.put(file, key(file)));
    List<Source> unknown = files.stream().filter(f -> !known.containsKey(keys.get(f))).toList();
    if (!unknown.isEmpty()) {
      List<String> answers = depend(unknown);
      for (int i = 0; i < answers.size(); i++) {
        String answer = answers.get(i);
        known.put(keys.get(unknown.get(i)), answer.substring(answer.indexOf(':') + 1).strip());
      }
    }
    for (Source file : files) {
      String words = known.get(keys.get(file));
      uses.put(file, words.isEmpty() ? List.of() : List.of(words.split(" ")));
    }
  }

  private List<String> depend(Collection<Source> files) {
    Command.Result result =
        Command.of("ocamldep", "-modules")
            .with(rewriters)
            .with(files.stream().map(file -> Command.operand(file.path().toString())).toList())
            .in(directory)
            .execute();
    if (!result.succeeded()) {
      throw new MirageException(result.message());
    }
    return result.output().lines().toList();
  }

  private String key(Source source) {
    return Fingerprint.builder()
        .text(source.isInterface() ? "mli" : "ml")
        .texts(rewriters)
        .file(directory.resolve(source.path()))
        .build()
        .hex();
  }

  private Map<String, String> remembered() {
    Map<String, String> known = new TreeMap<>();
    try {
      if (Files.exists(memory)) {
        for (String line : AtomicFiles.text(memory).lines().toList()) {
          int blank = line.indexOf(' ');
          known.put(line.substring(0, blank), line.substring(blank + 1));
        }
      }
    } catch (MirageException | IndexOutOfBoundsException e) {
      return new TreeMap<>();
    }
    return known;
  }

  private static Source source(Path path) {
    return new Source(moduleOf(path), path, path.toString().endsWith(".mli"));
  }

  private static String moduleOf(Path file) {
    String base = file.getFileName().toString().replaceFirst("\\..*", "");
    return Character.toUpperCase(base.charAt(0)) + base.substring(1);
  }
}
