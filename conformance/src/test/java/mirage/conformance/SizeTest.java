// SPDX-License-Identifier: Apache-2.0
package mirage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Files and methods that one can take in: what CONTRIBUTING.md says of their sizes, in lines. */
class SizeTest {
  private static final Path ROOT = Path.of("..");

  private static final int LONGEST_FILE = 500;
  private static final int NINE_OF_TEN_FILES = 350;
  private static final int MIDDLE_FILE = 90;
  private static final int LONGEST_METHOD = 60;

  private static final Set<String> SOURCES = Set.of("java", "ml", "mli", "c", "h", "S");

  /** Built, and not ours: what a build or a user's project leaves in the tree. */
  private static final Set<String> NOT_OURS = Set.of("target", "_build", ".git", "dist");

  /** A file and its number of lines. */
  private record Size(Path file, int lines) {}

  @Test
  void filesCanBeTakenIn() throws IOException {
    List<Size> sizes = new ArrayList<>();
    for (Path file : sources()) {
      try (Stream<String> lines = Files.lines(file)) {
        sizes.add(new Size(file, (int) lines.count()));
      }
    }
    sizes.sort((a, b) -> Integer.compare(a.lines(), b.lines()));
    assertThat(sizes).hasSizeGreaterThan(1000);
    assertThat(sizes).filteredOn(size -> size.lines() > LONGEST_FILE).isEmpty();
    assertThat(sizes.get(sizes.size() * 9 / 10).lines()).isLessThanOrEqualTo(NINE_OF_TEN_FILES);
    assertThat(sizes.get(sizes.size() / 2).lines()).isLessThanOrEqualTo(MIDDLE_FILE);
  }

  @Test
  void methodsCanBeSeenAtOnce() throws IOException {
    List<Path> files = sources().stream().filter(file -> extension(file).equals("java")).toList();
    List<String> tooLong = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Methods(unit, positions, tooLong).scan(unit, null);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  /** Finds methods that are too long. */
  private static final class Methods extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> found;

    Methods(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
      this.unit = unit;
      this.positions = positions;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      LineMap lines = unit.getLineMap();
      long first = lines.getLineNumber(positions.getStartPosition(unit, method));
      long last = lines.getLineNumber(positions.getEndPosition(unit, method));
      if (last - first + 1 > LONGEST_METHOD) {
        String file = ROOT.toUri().relativize(unit.getSourceFile().toUri()).getPath();
        found.add("%s:%d %s: %d lines".formatted(file, first, method.getName(), last - first + 1));
      }
      return super.visitMethod(method, nothing);
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    collect(ROOT, found);
    return found;
  }

  private static void collect(Path folder, List<Path> found) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        if (Files.isDirectory(entry) && !NOT_OURS.contains(entry.getFileName().toString())) {
          collect(entry, found);
        } else if (Files.isRegularFile(entry) && SOURCES.contains(extension(entry))) {
          found.add(entry);
        }
      }
    }
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
