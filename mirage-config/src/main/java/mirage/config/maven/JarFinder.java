// SPDX-License-Identifier: Apache-2.0
package mirage.config.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import mirage.config.generate.Pom;
import mirage.config.graph.Problem;
import mirage.config.resolve.Providers.NamedJar;
import mirage.config.resolve.UserProblems;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;
import mirage.tools.TemporaryFolder;

/** Finds the jars a config.ml names, with the jars those need, through Maven. */
public final class JarFinder {
  private static final Pattern COORDINATES = Pattern.compile("[\\w.-]+:[\\w.-]+:[\\w.-]+");
  private static final String GOAL =
      "org.apache.maven.plugins:maven-dependency-plugin:3.7.1:build-classpath";

  private final BuildCache cache;

  public JarFinder(BuildCache cache) {
    this.cache = cache;
  }

  /**
   * Finds jars: in the local repository if all are there, else in the repositories Maven is set up
   * for. What was found is remembered as long as the files exist.
   *
   * @param coordinates {@code group:artifact:version} each
   * @throws UserProblems naming what is not of that form or not found
   */
  public List<NamedJar> find(List<String> coordinates) {
    if (coordinates.isEmpty()) {
      return List.of();
    }
    UserProblems.report(
        coordinates.stream()
            .filter(name -> !COORDINATES.matcher(name).matches())
            .map(name -> new Problem("expected \"group:artifact:version\"", "jar \"" + name + "\""))
            .toList());
    return among(coordinates, remembered(coordinates).orElseGet(() -> resolve(coordinates)));
  }

  /** The jars with these coordinates among files of a Maven repository. */
  public static List<NamedJar> among(List<String> coordinates, List<Path> files) {
    List<NamedJar> found = new ArrayList<>();
    for (String name : coordinates) {
      String[] parts = name.split(":");
      String end = "%s/%s/%s".formatted(parts[0].replace('.', '/'), parts[1], parts[2]);
      Path jar =
          files.stream()
              .filter(file -> file.getParent().endsWith(end))
              .findFirst()
              .orElseThrow(() -> new MirageException("jar \"" + name + "\": not found by Maven"));
      found.add(new NamedJar(name, jar, files));
    }
    return found;
  }

  private Path memory(List<String> coordinates) {
    Fingerprint inputs =
        Fingerprint.builder().texts(coordinates).text(MavenRunner.repositories()).build();
    return cache.place("jars", inputs);
  }

  private Optional<List<Path>> remembered(List<String> coordinates) {
    Path memory = memory(coordinates);
    try {
      if (!Files.isRegularFile(memory)) {
        return Optional.empty();
      }
      List<Path> files = paths(Files.readString(memory));
      return Optional.of(files).filter(all -> all.stream().allMatch(Files::isRegularFile));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private List<Path> resolve(List<String> coordinates) {
    try (TemporaryFolder folder = TemporaryFolder.of("jars")) {
      Path pom = folder.file("pom.xml");
      AtomicFiles.write(pom, pom(coordinates));
      List<String> said = new ArrayList<>();
      Properties properties = new Properties();
      Path answer = folder.file("classpath");
      properties.setProperty("mdep.outputFile", answer.toString());
      properties.setProperty("mdep.includeScope", "runtime");
      MavenRunner runner = MavenRunner.printingTo(said::add);
      boolean found =
          runner.run(pom, List.of(GOAL), properties, true)
              || retry(said) && runner.run(pom, List.of(GOAL), properties, false);
      if (!found) {
        throw new MirageException(
            "jars that config.ml names cannot be found: %s\n%s"
                .formatted(String.join(", ", coordinates), MavenRunner.reason(said)));
      }
      String classPath = AtomicFiles.text(answer).strip();
      AtomicFiles.write(memory(coordinates), classPath);
      return paths(classPath);
    }
  }

  private static boolean retry(List<String> said) {
    said.clear();
    return true;
  }

  private static List<Path> paths(String classPath) {
    return Arrays.stream(classPath.strip().split(File.pathSeparator)).map(Path::of).toList();
  }

  private static String pom(List<String> coordinates) {
    StringBuilder text =
        new StringBuilder(
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>unikernel</groupId>
              <artifactId>jars</artifactId>
              <version>1</version>
              <packaging>pom</packaging>
              <dependencies>
            """);
    coordinates.forEach(name -> text.append(Pom.dependency(name)));
    return text.append("  </dependencies>\n</project>\n").toString();
  }
}
