// SPDX-License-Identifier: Apache-2.0
package mirage.device.kv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file or folder as it goes into a program.
 *
 * @param name its name; empty for the root
 * @param children what is in a folder, by name; empty for a file
 * @param file the file; empty for a folder
 * @param digest MD5 of the content; of a folder, of its names and their digests
 * @param modified time of the last change; of a folder, of the latest in it
 */
record Tree(
    String name, List<Tree> children, Optional<Path> file, byte[] digest, Instant modified) {
  /**
   * The longest string of a 32-bit OCaml: a block of at most 2^22 - 1 words, the last byte of which is taken.
   */
  static final long MAX_STRING = 4L * ((1 << 22) - 1) - 1;

  /**
   * Reads a folder.
   *
   * @param time stands in for all times of last change, if present
   */
  static Tree of(Path folder, Optional<Instant> time) throws IOException {
    return folder("", folder, time);
  }

  boolean isFolder() {
    return file.isEmpty();
  }

  private static Tree of(Path path, String name, Optional<Instant> time) throws IOException {
    return Files.isDirectory(path) ? folder(name, path, time) : file(name, path, time);
  }

  private static Tree file(String name, Path path, Optional<Instant> time) throws IOException {
    long size = Files.size(path);
    if (size > MAX_STRING) {
      throw new IOException(
          "%s has %d bytes; a value of a key-value store has at most %d on a 32-bit machine"
              .formatted(path, size, MAX_STRING));
    }
    Instant modified = time.orElse(Files.getLastModifiedTime(path).toInstant());
    byte[] digest = md5().digest(Files.readAllBytes(path));
    return new Tree(name, List.of(), Optional.of(path), digest, modified);
  }

  private static Tree folder(String name, Path path, Optional<Instant> time) throws IOException {
    List<Path> paths;
    try (Stream<Path> listed = Files.list(path)) {
      paths = listed.sorted().toList();
    }
    MessageDigest digest = md5();
    List<Tree> children = new ArrayList<>();
    Instant modified = time.orElse(Instant.EPOCH);
    for (Path child : paths) {
      Tree tree = of(child, child.getFileName().toString(), time);
      children.add(tree);
      digest.update(tree.name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '/');
      digest.update(tree.digest);
      modified = tree.modified.isAfter(modified) ? tree.modified : modified;
    }
    return new Tree(name, List.copyOf(children), Optional.empty(), digest.digest(), modified);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
