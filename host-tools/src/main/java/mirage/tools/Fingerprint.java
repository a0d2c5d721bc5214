// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import mirage.device.SourceFolder;

/**
 * The SHA-256 of all inputs of something built.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {

  public static Builder builder() {
    return new Builder();
  }

  /** Enough digits to name a directory by. */
  public String brief() {
    return hex.substring(0, 20);
  }

  @Override
  public String toString() {
    return hex;
  }

  /**
   * Collects inputs; their order matters. Each input is preceded by its kind and length, so that no
   * two different sequences feed the hash the same bytes.
   */
  public static final class Builder {
    private final MessageDigest digest;

    private Builder() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    public Builder text(String text) {
      return add('t', text.getBytes(StandardCharsets.UTF_8));
    }

    public Builder texts(Collection<String> texts) {
      add('l', Integer.toString(texts.size()).getBytes(StandardCharsets.UTF_8));
      texts.forEach(this::text);
      return this;
    }

    public Builder bytes(byte[] bytes) {
      return add('b', bytes);
    }

    public Builder fingerprint(Fingerprint other) {
      return add('p', other.hex().getBytes(StandardCharsets.UTF_8));
    }

    /** The content of a file; its name does not count. */
    public Builder file(Path file) {
      return add('f', AtomicFiles.read(file));
    }

    /** Names (from the folder) and contents of all files below a folder. */
    public Builder tree(Path folder) {
      List<Path> files;
      try (Stream<Path> walk = Files.walk(folder)) {
        files = walk.filter(Files::isRegularFile).sorted().toList();
      } catch (IOException e) {
        throw new MirageException("cannot read " + folder + ": " + AtomicFiles.reason(e), e);
      }
      add('d', Integer.toString(files.size()).getBytes(StandardCharsets.UTF_8));
      files.forEach(file -> text(folder.relativize(file).toString()).file(file));
      return this;
    }

    /** Names and contents of a source folder's files; which jar holds it does not count. */
    public Builder folder(SourceFolder folder) {
      List<String> names = SourceFolders.names(folder);
      add('s', Integer.toString(names.size()).getBytes(StandardCharsets.UTF_8));
      names.forEach(name -> text(name).bytes(SourceFolders.read(folder, name)));
      return this;
    }

    /**
     * A host program: its real path, size and time of last change, which an upgrade changes. Much
     * cheaper than asking the program for its version.
     *
     * @throws MirageException when it is not installed
     */
    public Builder tool(String program) {
      return stamp(Tools.require(program));
    }

    /** Real path, size and time of last change of a file too large or too many to be read. */
    public Builder stamp(Path file) {
      try {
        Path real = file.toRealPath();
        return text(real.toString())
            .text(Files.size(real) + " " + Files.getLastModifiedTime(real).toMillis());
      } catch (IOException e) {
        throw new MirageException("cannot read " + file + ": " + AtomicFiles.reason(e), e);
      }
    }

    /** The fingerprint of all that was added; the builder is used up. */
    public Fingerprint build() {
      return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    }

    private Builder add(char kind, byte[] bytes) {
      digest.update((kind + " " + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
      return this;
    }
  }
}
