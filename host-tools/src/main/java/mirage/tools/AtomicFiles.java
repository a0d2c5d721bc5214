// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads, copies and deletes files with messages a user can act on, and writes them so that nobody ever sees half
 * of one: into a temporary file, then one rename.
 */
public final class AtomicFiles {
  private AtomicFiles() {}

  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file, making its folder first.
   *
   * @throws MirageException when it cannot be written; a file that was there before is untouched
   */
  public static void write(Path file, byte[] content) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
      try {
        Files.write(temporary, content);
        widen(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new MirageException("cannot write " + file + ": " + reason(e), e);
    }
  }

  /**
   * Whether there is something.
   *
   * @throws MirageException when one may not look there
   */
  public static boolean exists(Path place) {
    return look(place).isPresent();
  }

  /** Whether there is a file, see {@link #exists}. */
  public static boolean isFile(Path place) {
    return look(place).filter(BasicFileAttributes::isRegularFile).isPresent();
  }

  /** Whether there is a folder, see {@link #exists}. */
  public static boolean isFolder(Path place) {
    return look(place).filter(BasicFileAttributes::isDirectory).isPresent();
  }

  private static Optional<BasicFileAttributes> look(Path place) {
    try {
      return Optional.of(Files.readAttributes(place, BasicFileAttributes.class));
    } catch (AccessDeniedException e) {
      throw new MirageException("cannot read " + place + ": " + reason(e), e);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * A file's content.
   *
   * @throws MirageException when it cannot be read
   */
  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new MirageException("cannot read " + file + ": " + reason(e), e);
    }
  }

  /**
   * A file's content as UTF-8; bytes that are none become question marks.
   *
   * @throws MirageException when it cannot be read
   */
  public static String text(Path file) {
    return new String(read(file), StandardCharsets.UTF_8);
  }

  public static boolean update(Path file, String text) {
    return update(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file unless it already holds exactly this, so that its time of last change stays.
   *
   * @return whether it was written
   */
  public static boolean update(Path file, byte[] content) {
    try {
      if (Files.isRegularFile(file)
          && Files.size(file) == content.length
          && Arrays.equals(Files.readAllBytes(file), content)) {
        return false;
      }
    } catch (IOException e) {
      // Unreadable is as good as different: the write below succeeds or says why not.
    }
    write(file, content);
    return true;
  }

  /** Deletes a file, or a folder with all below it; nothing there is no error. */
  public static void delete(Path place) {
    try {
      Files.walkFileTree(
          place,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new MirageException("cannot delete " + place + ": " + reason(e), e);
    }
  }

  /**
   * Copies a file, or a folder with all below it, to where nothing is yet or, of folders, others; the owner may write the copies. Links
   * become what they point to; those that lead nowhere are left out.
   */
  public static void copyTree(Path from, Path to) throws IOException {
    if (Files.isDirectory(from)) {
      copyTree(from, to, Set.of());
    } else if (Files.exists(from)) {
      Files.copy(from, to);
      to.toFile().setWritable(true, true);
    }
  }

  /**
   * The same of a folder, but for what has one of these names in it.
   *
   * @param without names of files and folders directly in {@code from}
   */
  public static void copyTree(Path from, Path to, Set<String> without) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!without.contains(name)) {
          copyTree(file, to.resolve(name));
        }
      }
    }
  }

  /** The operating system's reason for a failure, in words a user can act on. */
  public static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return failure.getMessage() + " is no directory";
    }
    if (failure instanceof AtomicMoveNotSupportedException) {
      return "the directory and its parent are on different file systems";
    }
    if (failure instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** Temporary files are made for the owner alone; what is published is as readable as any file. */
  private static void widen(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    permissions.add(PosixFilePermission.GROUP_READ);
    permissions.add(PosixFilePermission.OTHERS_READ);
    Files.setPosixFilePermissions(file, permissions);
  }
}
