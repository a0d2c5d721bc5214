// SPDX-License-Identifier: Apache-2.0
package mirage.config.action;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import mirage.config.generate.Marker;
import mirage.config.graph.Problem;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/** One step of a command. */
public sealed interface Action {

  /** What {@code --dry-run} prints, a line for each thing that would be done now: none if nothing would. */
  String describe();

  /** What stands against it now; looked for in all actions before the first is executed. */
  default List<Problem> obstacles() {
    return List.of();
  }

  /**
   * Does it.
   *
   * @throws MirageException when it cannot be done
   */
  void execute();

  /** Makes a folder where there is none. */
  record MakeFolder(Path folder) implements Action {
    @Override
    public String describe() {
      return Files.isDirectory(folder) ? "" : "make folder " + folder;
    }

    @Override
    public List<Problem> obstacles() {
      return Files.exists(folder) && !Files.isDirectory(folder)
          ? List.of(new Problem("not a folder", folder.toString()))
          : List.of();
    }

    @Override
    public void execute() {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new MirageException("cannot make folder " + folder + ": " + AtomicFiles.reason(e), e);
      }
    }
  }

  /** Writes generated files, all or none of them. */
  record WriteFiles(SortedMap<Path, String> texts) implements Action {
    @Override
    public String describe() {
      return texts.keySet().stream().map(file -> "write " + file).collect(Collectors.joining("\n"));
    }

    @Override
    public List<Problem> obstacles() {
      return texts.keySet().stream().map(Action::foreign).flatMap(Optional::stream).toList();
    }

    @Override
    public void execute() {
      Map<Path, Path> written = new LinkedHashMap<>();
      try {
        texts.forEach((file, text) -> written.put(file, beside(file, text)));
        for (Map.Entry<Path, Path> entry : written.entrySet()) {
          Files.move(entry.getValue(), entry.getKey(), StandardCopyOption.ATOMIC_MOVE);
        }
      } catch (IOException e) {
        throw new MirageException(
            "cannot write to " + texts.firstKey().getParent() + ": " + AtomicFiles.reason(e), e);
      } finally {
        written.values().forEach(AtomicFiles::delete);
      }
    }

    private static Path beside(Path file, String text) {
      Path unfinished = file.resolveSibling("." + file.getFileName() + ".new");
      AtomicFiles.write(unfinished, text);
      return unfinished;
    }
  }

  /** Deletes a generated file; one without the marker is the user's and stays. */
  record DeleteFile(Path file) implements Action {
    @Override
    public String describe() {
      return Marker.in(file) ? "delete " + file : "";
    }

    @Override
    public void execute() {
      if (Marker.in(file)) {
        AtomicFiles.delete(file);
      }
    }
  }

  /** Deletes what the tool made: a result, or a folder that only the tool writes to. */
  record DeleteTree(Path place) implements Action {
    @Override
    public String describe() {
      return Files.exists(place) ? "delete " + place : "";
    }

    @Override
    public void execute() {
      AtomicFiles.delete(place);
    }
  }

  /** Deletes a folder if nothing is left in it. */
  record DeleteEmptyFolder(Path folder) implements Action {
    @Override
    public String describe() {
      return Files.exists(folder) ? "delete " + folder + " if empty" : "";
    }

    @Override
    public void execute() {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        // The user keeps something there.
      } catch (IOException e) {
        throw new MirageException("cannot delete " + folder + ": " + AtomicFiles.reason(e), e);
      }
    }
  }

  /** Anything else: a hook of config.ml, a build. */
  record Run(String description, Runnable work) implements Action {
    @Override
    public String describe() {
      return description;
    }

    @Override
    public void execute() {
      work.run();
    }
  }

  private static Optional<Problem> foreign(Path file) {
    return Files.exists(file) && !Marker.in(file)
        ? Optional.of(
            new Problem(
                "not made by mirage (no line '"
                    + Marker.TEXT
                    + "'), so not overwritten; move it away",
                file.toString()))
        : Optional.empty();
  }
}
